//! Generates the clients of the guides.

use specwright_build::{Builder, Error};

fn main() -> Result<(), Error> {
    Builder::new("../../guide/petstore.yaml").generate()?;
    Builder::new("../../guide/orders.yaml").generate()?;
    Builder::new("../../guide/photos.yaml").generate()?;
    Builder::from_config("../../guide/hosts.specwright.yaml").generate()
}
