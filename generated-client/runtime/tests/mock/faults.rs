//! Failures of connections, in the time of tokio's paused clock.

use std::time::Duration;

use specwright_runtime::{
    Client, ErrorKind, RetryPolicy, TimeLimit,
    mock::{Fault, Mock},
};
use tokio::time::Instant;

use crate::api::{AddRequired, Added, Get, Pets, pet, pets};

#[tokio::test(start_paused = true)]
async fn lost_connections_are_repeated_where_that_is_safe() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.expect(pets.get(7))
        .fault(Fault::NotConnected)
        .then()
        .fault(Fault::ConnectionLost)
        .then()
        .answers(pet("7", "Rex"));
    assert_eq!(pets.get(7).await.unwrap().name, "Rex");

    let required = || AddRequired { source: "a".to_owned() };
    // The server may have added the pet before the connection was lost.
    mock.expect(pets.add(required(), pet("7", "Rex")))
        .fault(Fault::ConnectionLost)
        .times(1);
    let error = pets.add(required(), pet("7", "Rex")).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Transport, false));
    // A request that was not processed is safe to repeat.
    mock.expect(pets.add(required(), pet("8", "Max")))
        .fault(Fault::NotProcessed)
        .then()
        .answers(Added::Later);
    assert!(pets.add(required(), pet("8", "Max")).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_answer_ends_at_the_limit_of_the_client() {
    let mock = Mock::new();
    let client: Client = mock.builder().attempt_timeout(Duration::from_secs(2)).build().unwrap();
    let pets = Pets(client);
    mock.expect(pets.get(7))
        .fault(Fault::NoResponse)
        .times(1)
        .then()
        .answers(pet("7", "Rex"))
        .after(Duration::from_secs(1));
    let began = Instant::now();
    let error = pets.get(7).retry(RetryPolicy::never()).await.unwrap_err();
    assert_eq!(error.time_limit(), Some(TimeLimit::Attempt));
    assert_eq!(began.elapsed().as_secs(), 2);
    let began = Instant::now();
    assert_eq!(pets.get(7).await.unwrap().name, "Rex");
    assert_eq!(began.elapsed().as_secs(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_body_can_be_cut_or_wrong() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.expect(pets.get(7))
        .answers(pet("7", "Rex"))
        .cut_after(5)
        .times(1)
        .then()
        .answers(pet("7", "Rex"));
    assert_eq!(pets.get(7).await.unwrap().name, "Rex");
    assert_eq!(mock.requests::<Get>().len(), 2);
    mock.expect(pets.get(8)).raw(200, "{\"id\": 8}");
    assert_eq!(pets.get(8).await.unwrap_err().kind(), ErrorKind::Decode);
    mock.expect(pets.get(9))
        .raw(200, "<html>")
        .header("content-type", "text/html");
    assert_eq!(pets.get(9).await.unwrap_err().kind(), ErrorKind::UnexpectedContentType);
}
