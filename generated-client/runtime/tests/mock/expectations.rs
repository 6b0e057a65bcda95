//! Which requests an expectation is for, and in which order its replies are sent.

use std::collections::BTreeMap;

use specwright_runtime::{
    ErrorKind,
    http::StatusCode,
    mock::{Mock, Reply},
};

use crate::api::{Add, AddRequired, Added, Get, GetError, List, Problem, ProblemRequired, pet, pets};

fn source(text: &str) -> AddRequired {
    AddRequired {
        source: text.to_owned(),
    }
}

#[tokio::test]
async fn an_answer_is_of_the_type_of_the_operation() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.expect(pets.get(7)).answers(pet("7", "Rex"));
    mock.expect(pets.get(8))
        .answers(pet("8", "Max"))
        .header("etag", "\"1\"");
    assert_eq!(pets.get(7).await.unwrap().name, "Rex");
    assert_eq!(pets.get(7).await.unwrap().name, "Rex");
    let max = pets.get(8).await.unwrap();
    assert_eq!(
        (max.name.as_str(), max.status().as_u16(), &max.headers()["etag"]),
        ("Max", 200, &"\"1\"".parse().unwrap())
    );
    let asked: Vec<i64> = mock.requests::<Get>().iter().map(|request| request.id).collect();
    assert_eq!(asked, [7, 7, 8]);
}

#[tokio::test]
async fn answers_and_errors_have_the_status_of_their_variant() {
    let mock = Mock::new();
    let pets = pets(&mock);
    let add = || pets.add(source("a"), pet("7", "Rex"));
    mock.expect(add())
        .answers(Added::New(pet("7", "Rex")))
        .then()
        .answers(Added::Known(pet("7", "Rex")))
        .then()
        .answers(Added::Later);
    assert_eq!(add().await.unwrap().status(), StatusCode::CREATED);
    assert_eq!(add().await.unwrap().status(), StatusCode::OK);
    let later = add().await.unwrap();
    assert!(matches!(*later, Added::Later) && later.status().as_u16() == 202);

    let missing = Problem::new(ProblemRequired {
        title: "gone".to_owned(),
    });
    mock.expect(pets.get(9))
        .fails(GetError::NotFound(missing))
        .then()
        .fails(GetError::Broken("no".to_owned()));
    let error = pets.get(9).await.unwrap_err();
    let failure = Get::failure(&error);
    assert!(
        matches!(&failure, Some(GetError::NotFound(problem)) if problem.title == "gone"),
        "{failure:?}"
    );
    let error = pets
        .get(9)
        .retry(specwright_runtime::RetryPolicy::never())
        .await
        .unwrap_err();
    assert!(matches!(Get::failure(&error), Some(GetError::Broken(text)) if text == "no"));
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
}

#[tokio::test]
async fn an_answer_has_a_status_that_the_document_declares() {
    let mock = Mock::new();
    let pets = pets(&mock);
    let rex = || pet("7", "Rex");
    mock.expect(pets.copy(7))
        .answers(rex())
        .then()
        .answers(rex())
        .status(203)
        .then()
        .with(|_| Reply::answer(pet("7", "Rex")).status(203));
    for status in [201, 203, 203] {
        assert_eq!(pets.copy(7).await.unwrap().status().as_u16(), status);
    }
    mock.expect(pets.owner(7)).answers(Some(rex())).then().answers(None);
    let owner = pets.owner(7).await.unwrap();
    assert_eq!((owner.status().as_u16(), owner.is_some()), (203, true));
    let owner = pets.owner(7).await.unwrap();
    assert_eq!((owner.status().as_u16(), owner.is_some()), (205, false));
    mock.expect(pets.feed(7)).answers(()).then().answers(()).status(219);
    assert_eq!(pets.feed(7).await.unwrap().status().as_u16(), 202);
    assert_eq!(pets.feed(7).await.unwrap().status().as_u16(), 219);
    mock.expect(pets.remove(7)).answers(());
    assert_eq!(pets.remove(7).await.unwrap().status(), StatusCode::NO_CONTENT);
    // A raw reply can have any status.
    mock.expect(pets.get(7)).raw(203, r#"{"id": "7", "name": "Rex"}"#);
    assert_eq!(pets.get(7).await.unwrap().status().as_u16(), 203);
}

#[tokio::test(start_paused = true)]
async fn replies_come_in_their_order_and_as_often_as_declared() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.expect(pets.get(7))
        .raw(503, "")
        .times(2)
        .then()
        .answers(pet("7", "Rex"));
    // Both failures are repeated by the client's own policy.
    assert_eq!(pets.get(7).await.unwrap().name, "Rex");
    assert_eq!(mock.requests::<Get>().len(), 3);

    // The first expectation that has a reply left answers.
    mock.expect(pets.remove(1)).raw(200, "").times(1);
    mock.expect(pets.remove(1)).raw(404, "").any_times();
    assert!(pets.remove(1).await.is_ok());
    assert_eq!(pets.remove(1).await.unwrap_err().status(), Some(StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn an_input_that_is_not_set_can_have_any_value() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.expect(pets.add(source("a"), pet("7", "Rex")).notify(true))
        .answers(Added::Later);
    let call = pets.add(source("a"), pet("7", "Rex")).notify(true);
    assert!(call.tags(["x", "y"]).session("s").header("x-own", "1").await.is_ok());
    let request = mock.requests::<Add>().remove(0);
    assert_eq!(request.required.source, "a");
    assert_eq!((request.notify, request.session.as_deref()), (Some(true), Some("s")));
    assert_eq!(request.tags.unwrap(), ["x", "y"]);
    assert_eq!(request.body, pet("7", "Rex"));
}

#[tokio::test]
async fn conditions_see_the_inputs_in_their_types() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.any::<Get>()
        .when(|request| request.id % 2 == 0)
        .answers(pet("0", "even"));
    mock.any::<Get>().when(|request| request.id > 100).raw(404, "");
    assert_eq!(pets.get(4).await.unwrap().name, "even");
    assert_eq!(pets.get(101).await.unwrap_err().kind(), ErrorKind::Status);
    mock.any::<List>()
        .when(|request| request.limit == Some(5) && request.page.is_none())
        .raw(200, "{}");
    assert!(pets.list().limit(5).await.unwrap().pets.is_none());
}

#[tokio::test]
async fn state_is_what_a_function_captures() {
    let mock = Mock::new();
    let pets = pets(&mock);
    let store = std::sync::Arc::new(std::sync::Mutex::new(BTreeMap::new()));
    let written = store.clone();
    mock.any::<Add>().with(move |request| {
        let is_new = written
            .lock()
            .unwrap()
            .insert(request.body.id.clone(), request.body.clone())
            .is_none();
        Reply::answer(if is_new {
            Added::New(request.body)
        } else {
            Added::Known(request.body)
        })
    });
    mock.any::<Get>().with(
        move |request| match store.lock().unwrap().get(&request.id.to_string()) {
            Some(pet) => Reply::answer(pet.clone()),
            None => Reply::raw(404, r#"{"title": "no such pet"}"#),
        },
    );
    assert!(pets.get(7).await.is_err());
    for status in [201, 200] {
        let added = pets.add(source("a"), pet("7", "Rex")).await.unwrap();
        assert_eq!(added.status().as_u16(), status);
    }
    assert_eq!(pets.get(7).await.unwrap().name, "Rex");
}

#[tokio::test]
async fn streams_are_lists_of_their_items() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.expect(pets.watch())
        .answers(vec![pet("1", "Rex"), pet("2", "Max")]);
    let mut events = pets.watch().await.unwrap().into_inner();
    let mut names = Vec::new();
    while let Some(event) = events.next().await {
        names.push(event.unwrap().data.name);
    }
    assert_eq!(names, ["Rex", "Max"]);
}

#[tokio::test]
async fn requests_for_tokens_are_those_of_an_endpoint() {
    let mock = Mock::new();
    let token = serde_json::json!({"access_token": "t1", "token_type": "bearer", "expires_in": 600});
    mock.endpoint("POST", "/oauth/token")
        .when(|request| request.body().starts_with(b"grant_type=client_credentials"))
        .answers(token)
        .times(1);
    let source = specwright_runtime::ClientCredentials::new("/oauth/token", "id", "secret");
    let client = mock.builder::<specwright_runtime::Client>().token_source(source);
    let pets = crate::api::Pets(client.build().unwrap());
    mock.expect(pets.get(7)).answers(pet("7", "Rex"));
    assert!(pets.get(7).await.is_ok() && pets.get(7).await.is_ok());
    let received = mock.received();
    assert_eq!(received.len(), 3);
    assert_eq!(received[2].headers()["authorization"], "Bearer t1");
}
