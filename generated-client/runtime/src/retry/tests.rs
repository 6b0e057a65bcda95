#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use super::*;

const HALF: u64 = 1 << 63;

fn failure(retries: u32) -> Failure {
    Failure {
        is_retryable: true,
        retries,
        retry_after: None,
        remaining: Duration::from_secs(60),
    }
}

/// R26: at most 3 after the first, a random part of min(20 s, 0.5 s x 2^n).
#[test]
fn pauses_double_up_to_their_limit() {
    let policy = RetryPolicy::default();
    let pauses = (0..5).map(|retries| policy.decide(&failure(retries), HALF));
    let expected = [Some(250), Some(500), Some(1000), None, None];
    assert_eq!(
        pauses.collect::<Vec<_>>(),
        expected.map(|pause| pause.map(Duration::from_millis))
    );

    let longer = RetryPolicy::default().max_attempts(u32::MAX);
    for retries in [6, 31, 32, 1000, u32::MAX - 2] {
        assert_eq!(longer.decide(&failure(retries), HALF), Some(Duration::from_secs(10)));
    }
    assert_eq!(policy.decide(&failure(0), 0), Some(Duration::ZERO));
    assert!(policy.decide(&failure(0), u64::MAX).unwrap() <= Duration::from_millis(500));
}

#[test]
fn what_is_not_retryable_is_final() {
    let failure = Failure {
        is_retryable: false,
        ..failure(0)
    };
    assert_eq!(RetryPolicy::default().decide(&failure, HALF), None);
}

#[test]
fn never_is_never() {
    assert_eq!(RetryPolicy::never().decide(&failure(0), 0), None);
    assert_eq!(RetryPolicy::default().max_attempts(0).decide(&failure(0), 0), None);
}

/// R33.
#[test]
fn the_server_s_wish_comes_before_the_random_pause() {
    let wish = |milliseconds| Failure {
        retry_after: Some(Duration::from_millis(milliseconds)),
        ..failure(0)
    };
    let decide = |failure| RetryPolicy::default().decide(&failure, HALF);
    assert_eq!(decide(wish(0)), Some(Duration::from_millis(250)));
    assert_eq!(decide(wish(100)), Some(Duration::from_millis(350)));
    // The random pause gives way where there is no time for it.
    assert_eq!(decide(wish(59_999)), Some(Duration::from_micros(59_999_500)));
    assert_eq!(decide(wish(60_000)), None);
    assert_eq!(decide(wish(u64::MAX)), None);
}

#[test]
fn no_pause_reaches_the_end_of_the_call() {
    let remaining = |milliseconds| Failure {
        remaining: Duration::from_millis(milliseconds),
        ..failure(0)
    };
    let decide = |failure| RetryPolicy::default().decide(&failure, HALF);
    assert_eq!(decide(remaining(250)), None);
    assert_eq!(decide(remaining(251)), Some(Duration::from_millis(250)));
    assert_eq!(RetryPolicy::default().decide(&remaining(0), 0), None);
}

#[test]
fn pauses_of_any_length_can_be_had() {
    let policy = RetryPolicy::default().pause(Duration::MAX).max_pause(Duration::MAX);
    let forever = Failure {
        remaining: Duration::MAX,
        ..failure(2)
    };
    let centuries = policy.decide(&forever, u64::MAX).unwrap();
    assert!(centuries > Duration::from_secs(500 * 365 * 24 * 3600));
}
