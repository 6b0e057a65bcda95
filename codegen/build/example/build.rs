//! Generates the clients of the guides.

use specwright_build::{Builder, Error};

fn main() -> Result<(), Error> {
    Builder::from_config("../../guide/petstore.specwright.yaml").generate()?;
    Builder::new("../../guide/orders.yaml").generate()?;
    Builder::new("../../guide/photos.yaml").generate()?;
    Builder::from_config("../../guide/hosts.specwright.yaml").generate()
}
