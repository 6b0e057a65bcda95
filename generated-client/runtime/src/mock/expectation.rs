//! Expectations under construction.

use std::{
    borrow::Borrow,
    fmt,
    marker::PhantomData,
    panic::Location,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;

use super::{
    inputs::Inputs,
    operation::{Mocked, MockedPages, MockedStream},
    pages::Source,
    reply::{Fault, RawReply, Reply, invalid},
    request::Seen,
    state::{Adjust, Entry, Respond, State, Times},
};

/// An expectation that has no reply yet. [`Mock::expect`](super::Mock::expect) and [`Mock::any`](super::Mock::any) create it.
#[must_use = "an expectation without a reply expects nothing"]
pub struct Expectation<M> {
    state: Arc<State>,
    entry: Arc<Entry>,
    operation: PhantomData<fn() -> M>,
}

/// An expectation with a reply, for further settings of that reply.
pub struct Replied<M>(Expectation<M>);

/// Returns what is wrong with the inputs of a request.
pub(super) fn check<M: Mocked>(seen: &Seen) -> Result<(), Vec<String>> {
    read::<M>(seen).map(|_| ())
}

fn read<M: Mocked>(seen: &Seen) -> Result<M::Request, Vec<String>> {
    Inputs::read(seen, M::OPERATION, M::request)
}

#[allow(
    clippy::must_use_candidate,
    reason = "the mock has the expectation as soon as it has a reply"
)]
impl<M: Mocked> Expectation<M> {
    pub(super) fn new(state: Arc<State>, entry: Entry) -> Self {
        Self {
            state,
            entry: Arc::new(entry),
            operation: PhantomData,
        }
    }

    /// Adds a condition on the inputs of a request, in their own types: `|request| request.limit == Some(50)`.
    ///
    /// # Panics
    ///
    /// If the expectation already has a reply: a condition is for all of its replies.
    #[track_caller]
    pub fn when(self, condition: impl Fn(&M::Request) -> bool + Send + Sync + 'static) -> Self {
        if self.entry.has_steps() {
            invalid("`when` must be before the first reply");
        }
        let condition = move |seen: &Seen| read::<M>(seen).is_ok_and(|request| condition(&request));
        self.entry.add_condition(Arc::new(condition), Location::caller());
        self
    }

    /// Answers with a value of the operation's type.
    ///
    /// # Panics
    ///
    /// If the value cannot be an answer of the operation. With the feature `validate`, all limits of the document are checked.
    #[track_caller]
    pub fn answers(self, answer: M::Answer) -> Replied<M> {
        self.replies(Reply::answer(answer))
    }

    /// Answers with an error that the document declares for the operation.
    ///
    /// # Panics
    ///
    /// As [`Expectation::answers`].
    #[track_caller]
    pub fn fails(self, failure: M::Failure) -> Replied<M> {
        self.replies(Reply::failure(failure))
    }

    /// Answers with any status and body, also with those that the document does not declare. The content type is JSON, unless
    /// [`Replied::header`] sets another one.
    ///
    /// # Panics
    ///
    /// If the status is invalid.
    #[track_caller]
    pub fn raw(self, status: u16, body: impl Into<Bytes>) -> Replied<M> {
        self.replies(Reply::raw(status, body))
    }

    /// Fails as a connection does.
    pub fn fault(self, fault: Fault) -> Replied<M> {
        self.replies(Reply::fault(fault))
    }

    /// Answers with a reply.
    pub fn replies(self, reply: Reply<M>) -> Replied<M> {
        let reply = reply.raw;
        let fixed = reply.clone();
        self.responds(Arc::new(move |_| Ok(reply.clone())), Some(fixed))
    }

    /// Answers by a function of the inputs. What it captures is the state of the server.
    ///
    /// ```
    /// # mod models { pub type Team = std::collections::BTreeMap<String, i64>; }
    /// # use specwright_runtime::{Client, forms::*, mock::{Mock, Reply}};
    /// # operations! {
    /// #     pub struct Teams = "teams" {
    /// #         /// Returns a team.
    /// #         GET "/teams/{id}"
    /// #         fn get(id: String) -> Get = "teams.get" { answer: json models::Team, },
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), specwright_runtime::Error> {
    /// let mock = Mock::new();
    /// let mut sizes = 0..;
    /// mock.any::<Get>().with(move |request| match sizes.next() {
    ///     Some(size) if request.id == "a" => Reply::answer([("members".to_owned(), size)].into()),
    ///     _ => Reply::raw(404, ""),
    /// });
    /// let teams = Teams(mock.client());
    /// assert_eq!((teams.get("a").await?["members"], teams.get("a").await?["members"]), (0, 1));
    /// assert!(teams.get("b").await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn with(self, reply: impl FnMut(M::Request) -> Reply<M> + Send + 'static) -> Replied<M> {
        let reply = Mutex::new(reply);
        self.responds(
            Arc::new(move |seen| {
                let request = read::<M>(seen).map_err(|problems| problems.join("; "))?;
                let mut reply = reply.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(reply(request).raw)
            }),
            None,
        )
    }

    /// Answers with the pages of these items, `size` on each, as the document declares the paging of the operation. Page numbers and
    /// offsets that come with a size get as many items as that.
    ///
    /// # Panics
    ///
    /// If a page cannot be an answer of the operation, for example because it has further required properties. Then use
    /// [`Expectation::pages_in`].
    #[track_caller]
    pub fn pages(self, items: impl IntoIterator<Item = M::Item>, size: usize) -> Replied<M>
    where
        M: MockedPages,
    {
        self.paged(None, items, size)
    }

    /// Answers with pages as [`Expectation::pages`] does. The other properties of each page are those of `page`.
    ///
    /// # Panics
    ///
    /// As [`Expectation::pages`].
    #[track_caller]
    pub fn pages_in(
        self,
        page: impl Borrow<M::Answer>,
        items: impl IntoIterator<Item = M::Item>,
        size: usize,
    ) -> Replied<M>
    where
        M: MockedPages,
    {
        self.paged(Some(M::write(page.borrow()).body), items, size)
    }

    #[track_caller]
    fn paged(self, page: Option<Bytes>, items: impl IntoIterator<Item = M::Item>, size: usize) -> Replied<M>
    where
        M: MockedPages,
    {
        let items: Vec<M::Item> = items.into_iter().collect();
        let source = Source::new::<M>(page, &items, size);
        let source = match source {
            Ok(source) => source,
            Err(reason) => invalid(&reason),
        };
        let fixed = source.reply();
        self.responds(Arc::new(move |seen| source.page(seen)), Some(fixed))
    }

    /// Answers with a stream of these items, if a stream is the second form of the operation's answer.
    ///
    /// # Panics
    ///
    /// If an item is invalid.
    #[track_caller]
    pub fn streams(self, items: impl IntoIterator<Item = M::StreamItem>) -> Replied<M>
    where
        M: MockedStream,
    {
        let items: Vec<M::StreamItem> = items.into_iter().collect();
        self.replies(Reply::written(M::write_stream(&items)))
    }

    /// Adds a reply. `fixed` has the parts of it that are the same for all requests, if any.
    fn responds(self, respond: Respond, fixed: Option<RawReply>) -> Replied<M> {
        if !self.entry.has_steps() {
            self.state.register(&self.entry);
        }
        self.entry.add_step(respond, fixed);
        Replied(self)
    }
}

#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "each method changes an expectation that the mock already has"
)]
impl<M: Mocked> Replied<M> {
    /// Sends the reply exactly this number of times. With 0, the expectation fits no request.
    pub fn times(self, times: u64) -> Self {
        self.0.entry.change_step(|step| step.times = Times::Exactly(times));
        self
    }

    /// Sends the reply any number of times. It need not be requested.
    pub fn any_times(self) -> Self {
        self.0.entry.change_step(|step| step.times = Times::Any);
        self
    }

    /// Adds a reply, for the requests after those of this one.
    ///
    /// # Panics
    ///
    /// After [`Replied::any_times`], because then nothing comes after.
    #[track_caller]
    pub fn then(self) -> Expectation<M> {
        if self.0.entry.last_times() == Times::Any {
            invalid("nothing can follow a reply that is sent any number of times");
        }
        self.0
    }

    /// Waits before the reply is sent. The pause is one of tokio's clock, so a test can pause the clock.
    pub fn after(self, delay: Duration) -> Self {
        self.adjust(Arc::new(move |reply| {
            reply.delay = delay;
            Ok(())
        }))
    }

    /// Loses the connection after this number of bytes of the body.
    pub fn cut_after(self, bytes: usize) -> Self {
        self.adjust(Arc::new(move |reply| {
            reply.cut = Some(bytes);
            Ok(())
        }))
    }

    /// Sets another status, such as 202.
    ///
    /// # Panics
    ///
    /// If the status is invalid, or if the document does not declare it for such an answer or error. [`Expectation::raw`] takes
    /// any status. The status of a reply of [`Expectation::with`] is checked when it is sent.
    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        self.adjust(Arc::new(move |reply| reply.set_status(status)))
    }

    /// Sets a header of the response.
    ///
    /// # Panics
    ///
    /// If the name or the value is invalid, or if it is a content type that the document does not declare for such an answer or
    /// error. A raw reply can have any.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.adjust(Arc::new(move |reply| reply.set_header(&name, &value)))
    }

    #[track_caller]
    fn adjust(self, adjust: Adjust) -> Self {
        if let Err(reason) = adjust(&mut self.0.entry.last_reply()) {
            invalid(&reason);
        }
        self.0.entry.change_step(|step| step.adjust.push(adjust));
        self
    }

    /// Returns how many requests the expectation has answered.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.0.entry.received()
    }
}

impl<M> fmt::Debug for Expectation<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Expectation");
        shown.field("route", &self.entry.route);
        shown.field("location", &self.entry.location).finish_non_exhaustive()
    }
}

impl<M> fmt::Debug for Replied<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
