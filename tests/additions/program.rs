// Uses everything of the client of `tanks.yaml`, and prints what it sends. The test appends this file to a crate root.

use std::collections::BTreeMap;

use self::generated::{
    Client, Credentials,
    apis::tanks::{PutTank, PutTankError, PutTankRequired},
    models::{self, Fish, FishRequired, Tank, TankRequired, list_tanks::Water, tank::{Guest, Home, WaterKind}},
    servers,
};
use specwright_runtime::{Body, Bytes, Response, RetryPolicy, Transport, TransportError, blocking::wait, http, wire};

/// A server that takes everything, and answers with what a request has sent or with an empty list.
struct Printed;

impl Transport for Printed {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> specwright_runtime::BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        // `Debug` hides the values of headers.
        let shown = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = request.headers().iter();
        let mut headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {}", shown(value))).collect();
        headers.retain(|header| !header.starts_with("user-agent"));
        headers.sort();
        let body = request.body().as_bytes().cloned().unwrap_or_default();
        println!("{} {} {headers:?} {}", request.method(), request.uri(), String::from_utf8_lossy(&body));
        let answer = if body.is_empty() { Bytes::from_static(b"[]") } else { body };
        let mut response = http::Response::new(Body::from(answer));
        response.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
        Box::pin(async { Ok(response) })
    }
}

fn fish() -> Fish {
    Fish::new(FishRequired { fins: 3 }).name("Dory")
}

fn tank(guest: Guest, water: WaterKind) -> Tank {
    Tank::new(TankRequired { name: "North".to_owned(), volume: 7 })
        .guest(guest)
        .home(Home::default().street("Quay 1"))
        .inner(Tank::new(TankRequired { name: "Inside".to_owned(), volume: 1 }))
        .labels(BTreeMap::from([("kind".to_owned(), "deep".to_owned())]))
        .ratio(2)
        .water_kind(water)
}

fn read(tank: &Tank) -> String {
    let guest = match &tank.guest {
        Some(Guest::Fish(fish)) => format!("{} {:?}", fish.fins, fish.name),
        Some(Guest::String(name)) => name.clone(),
        Some(Guest::Boolean(is_there)) => is_there.to_string(),
        _ => "none".to_owned(),
    };
    let street = tank.home.as_ref().and_then(|home| home.street.clone());
    let water = tank.water_kind.as_ref().map(WaterKind::as_str);
    let inner = tank.inner.as_ref().map(|inner| inner.name.as_str());
    format!("{} {} {:?} {guest} {street:?} {water:?} {inner:?} {:?}", tank.name, tank.volume, tank.ratio, tank.labels)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Credentials::default().token("secret");
    let client: Client = Client::builder(servers::api_example_com())
        .credentials(credentials)
        .transport(Printed)
        .retry(RetryPolicy::never())
        .build()?;
    let all: Response<Vec<Tank>> = wait(client.tanks().list_tanks().ids(["a", "b"]).water(Water::Salt).send())??;
    println!("{}", all.len());
    wait(client.tanks().list_tanks().water(Water::Fresh).send())??;
    let guests = [Guest::from(fish()), Guest::from("none".to_owned()), Guest::from(true)];
    for (guest, water) in guests.into_iter().zip([WaterKind::SaltWater, WaterKind::Fresh, WaterKind::Fresh]) {
        let required = PutTankRequired { from: "a".to_owned(), to: "b".to_owned() };
        let tank = tank(guest, water);
        let call: PutTank = client.tanks().put_tank("owner1", "tank2", required, &tank);
        let answer = wait(call.page_size(5).x_mode("slow").send())??;
        println!("{}", read(&answer));
    }
    let missing = specwright_runtime::Error::from_http(http::Response::builder().status(409).body(r#"{"reason": "full"}"#)?);
    match PutTank::failure(&missing) {
        Some(PutTankError::Conflict(error)) => println!("{:?}", error.reason),
        _ => println!("another error"),
    }
    let error: models::put_tank::Error409 = wire::from_str(r#"{"reason": "full"}"#)?;
    println!("{:?}", error.reason);
    Ok(())
}
