//! Answers of operations that have no expectation.

use specwright_runtime::{ErrorKind, forms::*, mock::Mock};

use crate::api::{Get, List, pet, pets};

default_answers! {
    pub(crate) const DEFAULTS {
        "pets.get" = 200 "application/json" r#"{"id":"1","name":"Rex"}"#,
        "pets.list" = 200 "application/json" r#"{"pets":[]}"#,
        "pets.remove" = 202,
    }
}

#[tokio::test]
async fn operations_without_an_expectation_have_the_default_answer() {
    let mock = Mock::new().with_defaults(DEFAULTS);
    let pets = pets(&mock);
    assert_eq!(pets.get(1).await.unwrap().name, "Rex");
    assert_eq!(pets.remove(1).await.unwrap().status().as_u16(), 202);
    assert!(pets.list().items().try_collect().await.unwrap().is_empty());
    assert_eq!((mock.requests::<Get>().len(), mock.requests::<List>().len()), (1, 1));
}

#[tokio::test]
async fn an_expectation_comes_before_the_default_answer() {
    let mock = Mock::new().with_defaults(DEFAULTS);
    let pets = pets(&mock);
    mock.expect(pets.get(7)).answers(pet("7", "Max"));
    assert_eq!(pets.get(7).await.unwrap().name, "Max");
    // The operation has an expectation, so other requests are unexpected, as are those of operations without any answer.
    assert_eq!(pets.get(8).await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    assert_eq!(pets.numbers().await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    let report = mock.report().unwrap();
    assert!(report.contains("unexpected request pets.get") && report.contains("unexpected request pets.numbers"));
    std::mem::forget(mock);
}
