//! R33: retry budgets, throttling, places in flight.

use std::time::Duration;

use specwright_runtime::{ErrorKind, RetryBudget, RetryPolicy, Throttle, TimeLimit};
use tokio::task::JoinSet;

use crate::{
    read,
    scripted::{Answer, Scripted, ok, retry_after, status},
    write,
};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// C1: the server paces its clients itself.
#[tokio::test(start_paused = true)]
async fn refusals_that_pace_the_client_spend_no_budget() {
    for refusal in [status(429), retry_after(429, "1"), retry_after(503, "1")] {
        let server = Scripted::new((0..3000).map(|index| if index % 2 == 0 { refusal.clone() } else { ok("\"b\"") }));
        let builder = server.builder().retry_budget(RetryBudget::default().tokens(4));
        let client = builder.throttle(Throttle::off()).build().unwrap();
        for _ in 0..1500 {
            assert_eq!(*read(&client).await.unwrap(), "b");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_spent_budget_is_named_and_belongs_to_one_client() {
    let server = Scripted::new((0..1000).map(|_| Answer::Status(503, vec![], "{\"message\":\"busy\",\"code\":14}")));
    let client = server.client();
    let errors = async |client| {
        let mut errors = Vec::new();
        for _ in 0..40 {
            errors.push(read(client).await.unwrap_err());
        }
        errors
    };
    let failed = errors(&client).await;
    assert_eq!(failed[0].kind(), ErrorKind::Status);
    let last = failed.last().unwrap();
    assert_eq!((last.kind(), last.attempts()), (ErrorKind::RetryBudget, 1));
    assert_eq!((last.status().unwrap().as_u16(), last.is_retryable()), (503, true));
    assert_eq!(last.rpc_status().unwrap().message(), "busy");
    assert!(last.failure::<serde_json::Value>().is_some());
    let text = last.to_string();
    assert!(
        text.contains("retry budget is spent (`ClientBuilder::retry_budget`)"),
        "{text}"
    );
    let source = std::error::Error::source(last).unwrap();
    assert_eq!(
        source.downcast_ref::<specwright_runtime::Error>().unwrap().kind(),
        ErrorKind::Status
    );
    // Another client of the same server has its own.
    assert_eq!(errors(&server.client()).await[0].attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_budget_can_be_switched_off() {
    let server = Scripted::new((0..1000).map(|_| status(500)));
    let client = server.builder().retry_budget(RetryBudget::unlimited()).build().unwrap();
    for _ in 0..200 {
        assert_eq!(read(&client).await.unwrap_err().attempts(), 4);
    }
}

/// C4.
#[tokio::test(start_paused = true)]
async fn calls_that_are_refused_together_do_not_return_together() {
    let server = Scripted::new(
        (0..90)
            .map(|_| retry_after(429, "1"))
            .chain((0..90).map(|_| ok("\"b\""))),
    );
    let client = server.builder().throttle(Throttle::off()).build().unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..90 {
        calls.spawn(read(&client).send());
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
    let mut returned: Vec<_> = server.arrivals().iter().skip(90).map(|arrival| arrival.after).collect();
    returned.sort();
    assert!(returned[0] >= seconds(1), "{returned:?}");
    assert!(returned[89] > returned[0] + Duration::from_millis(400), "{returned:?}");
    let apart = |ten: &[Duration]| ten[9] > ten[0] + Duration::from_millis(5);
    assert!(returned.windows(10).all(apart), "{returned:?}");
}

#[tokio::test(start_paused = true)]
async fn a_turn_beyond_the_deadline_is_an_error_that_names_the_throttle() {
    let server = Scripted::new((0..400).map(|_| status(429)));
    let client = server.builder().retry(RetryPolicy::never()).build().unwrap();
    let mut last = None;
    for _ in 0..40 {
        last = Some(read(&client).timeout(seconds(2)).await.unwrap_err());
    }
    let error = last.unwrap();
    assert_eq!(
        (error.kind(), error.time_limit()),
        (ErrorKind::Timeout, Some(TimeLimit::Call))
    );
    let text = error.to_string();
    assert!(
        text.contains("waited for its turn") && text.contains("`ClientBuilder::throttle`"),
        "{text}"
    );
    assert_eq!((error.attempts(), error.is_retryable()), (0, true));
    assert!(
        write(&client).timeout(seconds(1)).await.unwrap_err().is_retryable(),
        "nothing was sent"
    );
    // Where it is switched off every call is sent.
    let server = Scripted::new((0..400).map(|_| status(429)));
    let builder = server.builder().retry(RetryPolicy::never()).throttle(Throttle::off());
    let client = builder.build().unwrap();
    for _ in 0..40 {
        read(&client).timeout(seconds(2)).await.unwrap_err();
    }
    assert_eq!(server.arrivals().len(), 40);
}

#[tokio::test(start_paused = true)]
async fn a_known_rate_is_kept_from_the_first_call_on_and_by_origin() {
    let server = Scripted::new((0..200).map(|_| ok("\"b\"")));
    let client = server
        .builder()
        .throttle(Throttle::off().max_rate(10.0))
        .build()
        .unwrap();
    let mut calls = JoinSet::new();
    for index in 0..40 {
        let call = read(&client);
        calls.spawn(if index % 2 == 0 {
            call.send()
        } else {
            call.server("https://other.example").send()
        });
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
    let took = server.arrivals().last().unwrap().after;
    assert!(
        took > Duration::from_millis(1800) && took < Duration::from_millis(2300),
        "{took:?}"
    );
}

/// C10.
#[tokio::test(start_paused = true)]
async fn calls_in_flight_are_limited() {
    let server = Scripted::new((0..100).map(|_| Answer::After(seconds(1), Box::new(ok("\"b\"")))));
    let client = server.builder().max_in_flight(10).build().unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        calls.spawn(async move { read(&client).timeout(seconds(20)).await });
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap().unwrap();
    }
    for (second, ten) in server.arrivals().chunks(10).enumerate() {
        for arrival in ten {
            assert_eq!(arrival.after.as_secs(), u64::try_from(second).unwrap());
        }
    }
}

/// R31.
#[tokio::test(start_paused = true)]
async fn dropped_calls_leave_their_places_and_queues() {
    let slow = || Answer::After(seconds(1000), Box::new(ok("\"b\"")));
    let server = Scripted::new([slow(), slow(), ok("\"b\""), ok("\"b\"")]);
    let client = server.builder().max_in_flight(1).build().unwrap();
    let waited = async |call| tokio::time::timeout(seconds(1), call).await.is_err();
    let first = tokio::spawn(read(&client).send());
    tokio::task::yield_now().await;
    assert!(waited(read(&client).send()).await, "the place is taken");
    let error = read(&client).timeout(seconds(2)).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("one of 1 places (`ClientBuilder::max_in_flight`)"),
        "{text}"
    );
    first.abort();
    assert!(waited(read(&client).send()).await, "the second answer is slow too");
    assert_eq!(*read(&client).await.unwrap(), "b");
    assert_eq!(server.arrivals().len(), 3);
}
