//! From the intermediate representation and the table of names to modules of tokens.
//!
//! Invariant: nothing under `emit` names `openapiv3`, and nothing here makes a name or a decision: emitters compute the
//! parts and transcribe them. What two generated bodies would share belongs into the runtime.

mod access;
mod answers;
mod arguments;
mod bodies;
mod changes;
mod copy;
mod credentials;
mod defaults;
mod docs;
mod enums;
mod form;
mod front;
mod headers;
mod html;
mod mock;
mod module_tree;
mod newtypes;
mod numbers;
mod oneofs;
mod operations;
mod paging;
mod rules;
mod runtime;
mod servers;
mod spans;
mod structs;
mod tuples;
mod types;
mod unions;
mod values;
mod webhooks;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use self::form::{Line, Piece};
pub use self::{
    form::{Entry, Form},
    front::{Front, front},
    module_tree::{Module, modules},
};
use crate::{attributes::Attributes, default_answers::DefaultAnswers, feature::Features, ir::Api, name::Names};

/// What every emitter looks at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the document means.
    pub api: &'a Api,
    /// Everything that is emitted, with its names.
    pub names: &'a Names<'a>,
    /// Which parts come with which feature.
    pub features: &'a Features,
    /// The attributes of models that the configuration gives.
    pub(crate) attributes: Attributes<'a>,
    /// The answers of the mock, if the configuration wants them.
    pub(crate) default_answers: Option<&'a DefaultAnswers>,
    /// Whether clients are made by generated code, and not by a face that is written by hand.
    pub makes_clients: bool,
    /// Whether everything but the models is behind the feature `client`.
    pub client_feature: bool,
}

/// An item of a module, as it is printed: alone, with a blank line around it.
#[derive(Debug)]
pub enum Item {
    /// A declaration in a macro of the runtime.
    Form(Form),
    /// Any item in one piece.
    Whole(TokenStream),
    /// Short items without blank lines between them: `use` and `mod`.
    Lines(Vec<Entry>),
    /// An `impl` whose members are set apart by blank lines.
    Impl {
        /// Everything before the brace.
        head: TokenStream,
        /// Functions and constants.
        members: Vec<TokenStream>,
    },
}

impl Item {
    /// All that it says, in one piece; forms and lines are not made of tokens.
    #[must_use]
    pub fn tokens(&self) -> TokenStream {
        match self {
            Self::Form(_) | Self::Lines(_) => TokenStream::new(),
            Self::Whole(tokens) => tokens.clone(),
            Self::Impl { head, members } => quote!(#head { #(#members)* }),
        }
    }
}
