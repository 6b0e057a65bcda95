//! `mock`: a server on this machine that answers as a document declares.
//!
//! Requests are validated, and responses are the examples of the document or values that a seed makes of its schemas.
//! [`Mock`] is a function from a request to a response; [`run`] connects it to a socket.

mod accept;
mod answer;
mod body;
mod chance;
mod credentials;
mod document;
mod log;
mod media;
mod multipart;
mod operation;
mod paging;
mod parameter;
mod prefer;
mod problem;
mod route;
mod schemas;
mod server;
mod shape;
mod values;
mod xml;

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use codegen::Effective;

pub use self::{
    answer::{Answer, Asked},
    server::run,
};
use self::{
    chance::Chance,
    operation::Operation,
    prefer::Prefer,
    problem::Problem,
    route::{Found, Routes},
    schemas::Schemas,
};
use crate::{Failure, Request, inputs::Inputs, output::report};

/// How the server behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen on.
    pub host: String,
    /// The port to listen on; 0 selects a free one.
    pub port: u16,
    /// Whether requests and their credentials are checked.
    pub validates: bool,
    /// The seed of made values, and of latency and failures.
    pub seed: u64,
    /// How long each response is delayed: the minimum and the maximum.
    pub latency: (Duration, Duration),
    /// The share of requests that fail with status 503, from 0 to 1.
    pub fail: f64,
    /// Whether no line is printed for each request.
    pub quiet: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 4010,
            validates: true,
            seed: 0,
            latency: (Duration::ZERO, Duration::ZERO),
            fail: 0.0,
            quiet: false,
        }
    }
}

/// A document as a function from requests to responses.
#[derive(Debug)]
pub struct Mock {
    routes: Routes,
    operations: Vec<Operation>,
    schemas: Schemas,
    options: Options,
    chance: Mutex<Chance>,
    requests: AtomicU64,
}

impl Mock {
    /// Reads a document.
    pub fn read(request: &Request, options: Options) -> Result<Self, Failure> {
        let inputs = Inputs::of(request)?;
        let Effective {
            text,
            diagnostics,
            sources,
        } = inputs.give(codegen::effective_json)?;
        let Some(text) = text else {
            request.messages.diagnostics_beside_output(&diagnostics, &sources);
            let tally = request.messages.tally(&diagnostics);
            return Err(Failure::Run(format!("{tally}: the document is not served")));
        };
        let document = document::read(&text).map_err(|error| {
            Failure::Run(format!(
                "the document cannot be served: {error}. Run `specwright report` for the locations of its errors"
            ))
        })?;
        let mut schemas = Schemas::collect(&document);
        let operations = operation::all(&document, &mut schemas);
        let routes = Routes::of(&operations);
        schemas.finish().map_err(Failure::Run)?;
        Ok(Self {
            routes,
            operations,
            schemas,
            chance: Mutex::new(Chance::new(options.seed)),
            options,
            requests: AtomicU64::new(0),
        })
    }

    /// Returns the number of operations.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.operations.len()
    }

    /// Returns how long the next response is delayed.
    #[must_use]
    pub fn latency(&self) -> Duration {
        let (min, max) = self.options.latency;
        self.with_chance(|chance| chance.duration(min, max))
    }

    /// Answers a request.
    #[must_use]
    pub fn answer(&self, asked: &Asked) -> Answer {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let (operation, variables) = match self.routes.find(&asked.method, &asked.path) {
            Found::Operation(index, variables) => match self.operations.get(index) {
                Some(operation) => (operation, variables),
                None => return Problem::not_found().answer(),
            },
            Found::OtherMethods(allowed) => return Problem::method(&asked.method, &allowed).answer(),
            Found::Nothing => return Problem::not_found().answer(),
        };
        let answer = self.answer_of(operation, &variables, asked, number);
        answer.unwrap_or_else(|problem| problem.answer()).of(operation.name())
    }

    fn answer_of(
        &self,
        operation: &Operation,
        variables: &[(String, String)],
        asked: &Asked,
        number: u64,
    ) -> Result<Answer, Problem> {
        if self.with_chance(|chance| chance.happens(self.options.fail)) {
            return Err(Problem::failure());
        }
        let prefer = Prefer::of(asked)?;
        if self.options.validates {
            credentials::check(operation, asked)?;
            body::check_type(operation, asked)?;
            let mut errors = parameter::check(operation, variables, asked, &self.schemas);
            errors.extend(body::check(operation, asked, &self.schemas)?);
            if !errors.is_empty() {
                return Err(Problem::invalid(operation.invalid_status(), errors));
            }
        }
        let response = operation.response(prefer.code)?;
        let seed = if prefer.is_dynamic {
            self.options.seed.wrapping_add(number).wrapping_add(1)
        } else {
            self.options.seed
        };
        values::answer(operation, response, asked, &prefer, seed, &self.schemas)
    }

    fn with_chance<T>(&self, ask: impl FnOnce(&mut Chance) -> T) -> T {
        let mut chance = self.chance.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        ask(&mut chance)
    }

    /// Prints a line on standard error, unless the options forbid it.
    pub(crate) fn note(&self, line: &str) {
        if !self.options.quiet {
            report(&format!("{line}\n"));
        }
    }
}
