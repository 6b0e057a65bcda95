use super::*;

fn after(start: Instant, milliseconds: u64) -> Instant {
    start + Duration::from_millis(milliseconds)
}

#[tokio::test(start_paused = true)]
async fn tokens_come_at_the_rate_and_do_not_pile_up() {
    let start = Instant::now();
    let mut rate = Rate::measured(10.0, start);
    assert_eq!(rate.take(start), Some(Duration::from_millis(100)));
    assert_eq!(rate.take(after(start, 100)), None);
    assert!(rate.take(after(start, 150)).is_some());
    let later = after(start, 60_000);
    assert_eq!((rate.take(later), rate.take(later).is_some()), (None, true));
}

#[tokio::test(start_paused = true)]
async fn one_event_lowers_the_rate_once() {
    let start = Instant::now();
    let mut rate = Rate::measured(100.0, start);
    let sent = after(start, 1000);
    assert!(rate.decrease(sent, after(start, 1010)));
    assert!((rate.per_second() - 85.0).abs() < 1e-9);
    // A hundred that were on their way then.
    assert!((0..100).all(|_| !rate.decrease(sent, after(start, 1020))));
    assert!(rate.decrease(after(start, 1011), after(start, 1030)));
    assert!((rate.per_second() - 72.25).abs() < 1e-9);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_nothing_is_asked_seldom_and_soon_again_as_before() {
    let start = Instant::now();
    let mut rate = Rate::measured(100.0, start);
    for second in 1..100 {
        let now = after(start, second * 1000);
        rate.decrease(now, now);
    }
    assert!((rate.per_second() - LOWEST).abs() < 1e-9);
    // Each answer adds a request a second.
    let later = after(start, 100_000);
    (0..80).for_each(|_| rate.increase(later, 1000.0, None));
    assert!((rate.per_second() - 80.2).abs() < 1e-9, "{}", rate.per_second());
}

#[tokio::test(start_paused = true)]
async fn near_a_rate_that_was_too_high_it_rises_by_steps_and_far_beyond_faster() {
    let start = Instant::now();
    let mut rate = Rate::measured(100.0, start);
    let now = after(start, 1000);
    rate.increase(now, 1000.0, None);
    rate.decrease(now, now);
    assert!((rate.per_second() - 85.85).abs() < 1e-9, "{}", rate.per_second());
    let later = after(start, 2000);
    // In each second as many answers as the rate allows.
    let second = |rate: &mut Rate| {
        let before = rate.per_second();
        let mut answers = before;
        while answers > 0.0 {
            rate.increase(later, 1000.0, None);
            answers -= 1.0;
        }
        rate.per_second() - before
    };
    for _ in 0..7 {
        let rise = second(&mut rate);
        assert!((4.5..5.5).contains(&rise), "{rise}");
    }
    let rise = second(&mut rate);
    assert!((11.0..14.0).contains(&rise), "{rise}");
}

#[tokio::test(start_paused = true)]
async fn what_does_not_limit_the_client_does_not_rise() {
    let mut rate = Rate::measured(50.0, Instant::now());
    rate.increase(Instant::now(), 20.0, None);
    assert!((rate.per_second() - 50.0).abs() < 1e-9);
    rate.increase(Instant::now(), 40.0, Some(50.0));
    assert!((rate.per_second() - 50.0).abs() < 1e-9);
    rate.increase(Instant::now(), 40.0, None);
    assert!((rate.per_second() - 51.0).abs() < 1e-9);
}

#[tokio::test(start_paused = true)]
async fn answers_of_the_last_second_are_counted() {
    let start = Instant::now();
    let mut answers = Answers::new(start);
    for milliseconds in [0, 50, 500, 999, 1050, 1100] {
        answers.count(after(start, milliseconds));
    }
    assert!((answers.per_second(after(start, 1100)) - 4.0).abs() < 1e-9);
    assert!((answers.per_second(after(start, 1999)) - 2.0).abs() < 1e-9);
    assert!(answers.per_second(after(start, 9_000)) < 1e-9);
}
