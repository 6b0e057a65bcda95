//! The arguments of `mock`.

use std::time::Duration;

use clap::Args;
use specwright::{Request, output::Messages};

use crate::arguments::Inputs;

#[derive(Args, Debug)]
#[command(
    after_long_help = "Requests choose their response with the header Prefer: code=404, example=NAME, dynamic=true. Any \
                             credentials are accepted. Rejections are problem details (RFC 9457): 404 and 405 by path and \
                             method, 401, 415, 406, and 422 if the operation declares it, otherwise 400.\n\nThe address is \
                             printed on standard output, and one line for each request on standard error. Ctrl-C ends the \
                             server."
)]
pub(crate) struct Mock {
    #[command(flatten)]
    inputs: Inputs,
    /// The port; 0 selects a free one.
    #[arg(long, value_name = "N", default_value_t = 4010)]
    port: u16,
    /// The address to listen on. Other machines can connect only if it is not a loopback address.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,
    /// Accept every request to a path and a method of the document.
    #[arg(long)]
    no_validate: bool,
    /// The seed of made values: equal seeds give equal responses.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Delay responses by milliseconds, such as 200 or 100-300.
    #[arg(long, value_name = "MS", value_parser = milliseconds, default_value = "0", hide_default_value = true)]
    latency: (Duration, Duration),
    /// Let this share of the requests fail with status 503, such as 0.1.
    #[arg(long, value_name = "RATE", value_parser = share, default_value = "0", hide_default_value = true)]
    fail: f64,
}

impl Mock {
    pub(crate) fn request(&self, messages: Messages) -> Request {
        self.inputs.request(messages)
    }

    pub(crate) fn options(&self, quiet: bool) -> specwright::mock::Options {
        specwright::mock::Options {
            host: self.host.clone(),
            port: self.port,
            validates: !self.no_validate,
            seed: self.seed,
            latency: self.latency,
            fail: self.fail,
            quiet,
        }
    }
}

fn milliseconds(text: &str) -> Result<(Duration, Duration), String> {
    let (min, max) = text.split_once('-').unwrap_or((text, text));
    let read = |text: &str| text.trim().parse().ok().map(Duration::from_millis);
    match (read(min), read(max)) {
        (Some(min), Some(max)) if min <= max => Ok((min, max)),
        _ => Err("write a number of milliseconds, or a range such as 100-300".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1".to_owned())
}
