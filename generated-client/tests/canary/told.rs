//! All that the process tells a tracer or a log, whoever tells it.

use std::{
    fmt::{Debug, Write},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

static TOLD: Mutex<String> = Mutex::new(String::new());

fn told() -> MutexGuard<'static, String> {
    TOLD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens from now on, at the level that tells most.
pub(crate) fn listen() {
    tracing::subscriber::set_global_default(Tracer).unwrap();
    log::set_logger(&Log).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
}

/// What was told until now.
pub(crate) fn take() -> String {
    std::mem::take(&mut told())
}

struct Tracer;

struct Line(String);

impl Line {
    fn of(metadata: &Metadata<'_>) -> Self {
        Self(format!(
            "{} {} {}: ",
            metadata.level(),
            metadata.target(),
            metadata.name()
        ))
    }

    fn end(self) {
        let mut told = told();
        told.push_str(&self.0);
        told.push('\n');
    }
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, "{}={value} ", field.name()).unwrap();
    }
}

impl Subscriber for Tracer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::TRACE
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line::of(span.metadata());
        span.record(&mut line);
        line.end();
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        let mut line = Line("recorded: ".to_owned());
        values.record(&mut line);
        line.end();
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::of(event.metadata());
        event.record(&mut line);
        line.end();
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

struct Log;

impl log::Log for Log {
    fn enabled(&self, _metadata: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        Line(format!("{} {}: {}", record.level(), record.target(), record.args())).end();
    }

    fn flush(&self) {}
}
