//! 10,000 seeded schedules of faults, in paused time over a scripted transport: what holds for every one of them.

use std::{panic::AssertUnwindSafe, time::Duration};

use specwright_runtime::{Client, ErrorKind, RetryPolicy, TransportErrorKind};

use crate::{
    read,
    scripted::{Answer, Scripted, ok, retry_after, status},
    search, write,
};

const SCHEDULES: u64 = 10_000;

/// splitmix64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let index = self.below(u64::try_from(choices.len()).unwrap());
        choices[usize::try_from(index).unwrap()]
    }
}

fn answer(random: &mut Random) -> Answer {
    use TransportErrorKind::{Connect, ConnectTimeout, Interrupted, Tls};
    let wishes = [
        "0",
        "1",
        "7",
        "59",
        "61",
        "99999999999999999999",
        "soon",
        "",
        "-1",
        "1.5",
    ];
    let dates = ["Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"];
    let answer = match random.below(12) {
        0 | 1 => Answer::Fails(random.pick(&[Connect, ConnectTimeout, Interrupted, Tls])),
        2 => Answer::Silent,
        3 => Answer::Truncated,
        4 => Answer::Stalls,
        5 => retry_after(random.pick(&[429, 503, 500, 301]), random.pick(&wishes)),
        6 => retry_after(random.pick(&[429, 503]), random.pick(&dates)),
        7 | 8 => status(random.pick(&[
            204, 302, 400, 401, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504, 599,
        ])),
        9 => ok(random.pick(&["<html>", "\"cut", "[1]", ""])),
        _ => ok("\"done\""),
    };
    match random.below(4) {
        0 => Answer::After(Duration::from_millis(random.below(70_000)), Box::new(answer)),
        _ => answer,
    }
}

/// Whether the server may have done what was asked.
fn may_have_acted(answer: &Answer) -> bool {
    match answer {
        Answer::After(_, then) => may_have_acted(then),
        Answer::Fails(kind) => *kind == TransportErrorKind::Interrupted,
        Answer::Status(status, ..) => *status != 429,
        Answer::Silent | Answer::Truncated | Answer::Cut(..) | Answer::Stalls => true,
    }
}

/// Like [`may_have_acted`], for an attempt that was perhaps given up before the answer came.
fn acted(answer: &Answer, limit: Duration) -> bool {
    match answer {
        Answer::After(pause, _) if *pause >= limit => true,
        _ => may_have_acted(answer),
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    values: u32,
    errors: u32,
    retried: u32,
}

async fn one(seed: u64, tally: &mut Tally) {
    let mut random = Random::new(seed);
    let script: Vec<Answer> = (0..12).map(|_| answer(&mut random)).collect();
    let server = Scripted::new(script.clone());
    let limit = Duration::from_millis(random.pick(&[0, 1, 500, 5_000, 60_000, 60_000, 60_000, 60_000, 200_000]));
    let attempt = Duration::from_secs(random.pick(&[1, 30, 30, 100]));
    let policy = RetryPolicy::default().max_attempts(u32::try_from(random.pick(&[0, 1, 2, 4, 4, 4, 10])).unwrap());
    let builder = server.builder().attempt_timeout(attempt).retry_seed(seed);
    let client: Client = builder.retry(policy).call_timeout(limit).build().unwrap();

    let began = tokio::time::Instant::now();
    let kind = random.below(3);
    let outcome = match kind {
        0 => read(&client).send().await,
        1 => search(&client).send().await,
        _ => write(&client).send().await,
    };
    let elapsed = began.elapsed();

    let sent = server.arrivals().len();
    // Timers have a resolution of a millisecond.
    assert!(
        elapsed <= limit + Duration::from_millis(1),
        "seed {seed}: {elapsed:?} of {limit:?}"
    );
    let acted = script.iter().take(sent).filter(|answer| acted(answer, attempt)).count();
    assert!(
        kind != 2 || acted <= 1,
        "seed {seed}: a POST was carried out {acted} times"
    );
    tokio::time::sleep(Duration::from_secs(1000)).await;
    assert_eq!(server.arrivals().len(), sent, "seed {seed}: something was left behind");
    tally.retried += u32::from(sent > 1);
    match outcome {
        Ok(value) => {
            assert_eq!(*value, "done", "seed {seed}");
            tally.values += 1;
        }
        Err(error) => {
            assert_eq!(error.attempts() as usize, sent, "seed {seed}: {error}");
            assert_ne!(error.kind(), ErrorKind::Configuration, "seed {seed}: {error}");
            assert!(error.elapsed() <= elapsed, "seed {seed}: {error}");
            tally.errors += 1;
        }
    }
}

/// R26, R27, R31.
#[test]
fn no_post_twice_no_call_beyond_its_deadline_nothing_left_behind() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_time().start_paused(true).build().unwrap()
    };
    let mut tally = Tally::default();
    let runtime = runtime();
    for seed in 0..SCHEDULES {
        let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(one(seed, &mut tally))));
        assert!(outcome.is_ok(), "seed {seed}");
        assert_eq!(runtime.metrics().num_alive_tasks(), 0, "seed {seed}");
    }
    assert_eq!(u64::from(tally.values + tally.errors), SCHEDULES);
    // The schedules reach what they are about.
    assert!(
        tally.values > 1000 && tally.errors > 1000 && tally.retried > 1000,
        "{tally:?}"
    );
    println!("{SCHEDULES} schedules: {tally:?}");
}
