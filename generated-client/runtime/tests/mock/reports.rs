//! What a failed test says, and where it says it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use specwright_runtime::{
    ErrorKind,
    mock::{Mock, Reply},
};

use crate::api::{
    Add, AddRequired, Added, Copy, Feed, Get, GetError, List, Numbers, Owner, Problem, ProblemRequired, Watch, pet,
    pets,
};

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap()
}

/// The report of a mock, without the lines and columns of this file.
fn report(mock: Mock) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err();
    let report = message(&*panic);
    let mut shown = String::new();
    let mut rest = report.as_str();
    while let Some((before, after)) = rest.split_once("reports.rs:") {
        let (folder, _) = before.rsplit_once(' ').unwrap();
        shown.extend([folder, " HERE"]);
        let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
        rest = after
            .trim_start_matches(':')
            .trim_start_matches(|c: char| c.is_ascii_digit());
    }
    shown + rest
}

/// R37.
#[tokio::test]
async fn an_unexpected_request_is_told_with_the_nearest_expectation() {
    let mock = Mock::new();
    let pets = pets(&mock);
    let required = |source: &str| AddRequired {
        source: source.to_owned(),
    };
    mock.any::<List>().raw(200, "{}").any_times();
    mock.expect(pets.add(required("b"), pet("9", "Tom")).notify(true))
        .raw(201, "{}");
    mock.expect(
        pets.add(required("a"), pet("7", "Rex").tags(vec!["x".to_owned()]))
            .notify(true),
    )
    .raw(201, "{}");
    let error = pets
        .add(required("a"), pet("7", "Max").age(3).tags(vec!["y".to_owned()]))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(format!("{error:?}").contains("body $.name"), "{error:?}");
    assert_eq!(
        report(mock),
        "the requests of this test are not those that its mock expects\n\n\
         1. unexpected request pets.add (`POST /pets`)\n     \
              the nearest expectation is pets.add at HERE\n       \
                - query parameter `notify`: expected `true`, but it is missing\n       \
                - body $.name: expected `\"Rex\"`, found `\"Max\"`\n       \
                - body $.tags[0]: expected `\"x\"`, found `\"y\"`\n       \
                - body $.age: expected `nothing`, found `3`\n\n\
         2. unmet expectation pets.add at HERE: expected at least 1 request, received 0\n\n\
         3. unmet expectation pets.add at HERE: expected at least 1 request, received 0\n"
    );
}

#[tokio::test]
async fn used_up_and_foreign_expectations_are_told() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.expect(pets.get(7)).answers(pet("7", "Rex")).times(1);
    mock.any::<Get>()
        .when(|request| request.id == 8)
        .answers(pet("8", "Max"))
        .times(2);
    assert!(pets.get(7).await.is_ok());
    assert!(pets.get(7).await.is_err());
    assert!(pets.get(8).await.is_ok());
    assert!(pets.list().await.is_err());
    assert_eq!(
        report(mock),
        "the requests of this test are not those that its mock expects\n\n\
         1. unexpected request pets.get (`GET /pets/7`)\n     \
              the expectation pets.get at HERE has answered 1 request and has no reply left\n\n\
         2. unexpected request pets.list (`GET /pets`)\n     \
              no expectation is for this operation; there are expectations for:\n       \
                - pets.get (`GET /pets/{id}`) at HERE\n       \
                - pets.get (`GET /pets/{id}`) at HERE\n\n\
         3. unmet expectation pets.get at HERE: expected 2 requests, received 1\n"
    );
}

#[tokio::test]
async fn a_reply_of_a_function_is_checked_when_it_is_sent() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.any::<Get>().with(|_| Reply::answer(pet("7", "Rex"))).status(202);
    assert_eq!(pets.get(7).await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        report(mock),
        "the requests of this test are not those that its mock expects\n\n\
         1. invalid reply of pets.get at HERE: the document does not declare status 202 for this reply of pets.get (declared: 200). \
         To send it in spite of that, use `raw`\n"
    );
}

#[test]
fn a_mock_is_silent_where_a_test_has_failed_already() {
    let panic = catch_unwind(|| {
        let mock = Mock::new();
        mock.any::<Get>().raw(404, "");
        panic!("the test itself");
    });
    assert_eq!(message(&*panic.unwrap_err()), "the test itself");
}

#[test]
fn verify_reports_before_the_end() {
    let mock = Mock::new();
    mock.any::<Get>().raw(404, "");
    assert!(mock.report().unwrap().contains("unmet expectation pets.get"));
    assert!(catch_unwind(AssertUnwindSafe(|| mock.verify())).is_err());
}

/// The line in which a panic was raised, if it was in this file.
fn failing_line(test: impl FnOnce()) -> (String, u32) {
    use std::sync::{Arc, Mutex};
    let place: Arc<Mutex<Option<(String, u32)>>> = Arc::default();
    let seen = place.clone();
    // The hook is one of the process: other tests fail on purpose in other threads.
    let own = std::thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() != own {
            return;
        }
        let location = info.location().unwrap();
        *seen.lock().unwrap() = Some((location.file().to_owned(), location.line()));
    }));
    let panic = catch_unwind(AssertUnwindSafe(test));
    std::panic::set_hook(before);
    let (file, line) = place.lock().unwrap().clone().unwrap();
    assert!(file.ends_with("reports.rs"), "{file}:{line}");
    (message(&*panic.unwrap_err()), line)
}

/// Asserts that an expression fails in the line in which it is written.
macro_rules! assert_fails_here {
    ($text:literal, $expression:expr) => {
        let (text, line) = failing_line(|| drop($expression));
        assert!(text.contains($text), "{text}");
        assert!((line!()..line!() + 4).contains(&line), "{line}");
    };
}

/// R37.
#[test]
fn an_invalid_expectation_fails_at_its_line() {
    let mock = Mock::new();
    assert_fails_here!(
        "invalid expectation: 1000 is not a status of HTTP",
        mock.any::<Get>().raw(1000, "")
    );
    assert_fails_here!("Use `pages_in`", mock.any::<Numbers>().pages([1, 2], 1));
    assert_fails_here!(
        "a page must have at least one item",
        mock.any::<List>().pages([pet("1", "a")], 0)
    );
    assert_fails_here!(
        "nothing can follow",
        mock.any::<List>().raw(200, "{}").any_times().then()
    );
    assert_fails_here!(
        "must be before",
        mock.any::<List>().raw(200, "{}").then().when(|_| true)
    );
    assert_fails_here!(
        "is not a valid header",
        mock.any::<List>().raw(200, "{}").header("a b", "c")
    );
    undeclared_replies(&mock);
    let call = pets(&mock).get(7).header("a b", "c");
    assert_fails_here!("the call cannot be sent", mock.expect(call));
    #[cfg(feature = "validate")]
    {
        let old = pet("1", "a").age(31);
        assert_fails_here!("$.age: `maximum` is 30, found 31", mock.any::<Get>().answers(old));
    }
    let _ = catch_unwind(AssertUnwindSafe(|| drop(mock)));
}

#[test]
fn a_content_type_of_the_same_kind_is_declared() {
    let mock = Mock::new();
    mock.any::<Get>()
        .answers(pet("7", "Rex"))
        .header("content-type", "application/json; charset=utf-8")
        .any_times();
    let problem = GetError::NotFound(Problem::new(ProblemRequired {
        title: "gone".to_owned(),
    }));
    mock.any::<Get>()
        .fails(problem)
        .header("content-type", "application/problem+json")
        .any_times();
    mock.any::<Get>()
        .raw(200, "<p>")
        .header("content-type", "text/html")
        .any_times();
    let _ = catch_unwind(AssertUnwindSafe(|| drop(mock)));
}

/// Part of the test above, because a hook for panics is one for all tests.
fn undeclared_replies(mock: &Mock) {
    let rex = || pet("7", "Rex");
    assert_fails_here!(
        "the document does not declare status 202 for this reply of pets.get (declared: 200). To send it in spite of that, use `raw`",
        mock.any::<Get>().answers(rex()).status(202)
    );
    assert_fails_here!("(declared: 201, 203)", Reply::<Copy>::answer(rex()).status(200));
    assert_fails_here!(
        "(declared: 202, 210 to 219)",
        mock.any::<Feed>().answers(()).status(204)
    );
    assert_fails_here!("(declared: 205)", mock.any::<Owner>().answers(None).status(203));
    assert_fails_here!(
        "(declared: 201)",
        mock.any::<Add>().answers(Added::New(rex())).status(200)
    );
    assert_fails_here!(
        "(declared: 500 to 599)",
        mock.any::<Get>().fails(GetError::Broken(String::new())).status(404)
    );
    assert_fails_here!(
        "errors with status 404 are the variant `NotFound`",
        mock.any::<Get>().fails(GetError::Unknown(404))
    );
    assert_fails_here!(
        "status 204 is not one of an error",
        mock.any::<Get>().fails(GetError::Unknown(204))
    );
    assert_fails_here!(
        "the document does not declare content type `text/html` for this reply of pets.get (declared: application/json)",
        mock.any::<Get>().answers(rex()).header("Content-Type", "text/html")
    );
    assert_fails_here!("(declared: 200)", mock.any::<List>().pages([rex()], 1).status(201));
    let events = mock.any::<Watch>().answers(Vec::new());
    assert_fails_here!(
        "does not declare content type `application/x-ndjson`",
        events.header("content-type", "application/x-ndjson")
    );
}
