//! What a call is made of: how a form writes an input, and where it goes.

use crate::{Call, Style};

/// Where an input goes: its wire name, and what the document says about how it is written.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    pub(crate) name: &'static str,
    pub(crate) style: Option<Style>,
    pub(crate) media: Option<&'static str>,
}

impl Input {
    /// Gives the value a style other than the default of its location.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    /// Gives the part a content type.
    #[must_use]
    pub const fn media(mut self, media: &'static str) -> Self {
        self.media = Some(media);
        self
    }
}

impl From<&'static str> for Input {
    fn from(name: &'static str) -> Self {
        Self {
            name,
            style: None,
            media: None,
        }
    }
}

/// The inputs that an operation requires beside its path and its body: generated structs are.
pub trait Required {
    /// Adds the inputs to a call.
    fn carry(self, call: Call) -> Call;
}

/// The type that a method or a setter accepts for an input.
#[doc(hidden)]
#[macro_export]
macro_rules! __accepted {
    ($ty:ty, required) => { $ty };
    ($ty:ty, json) => { impl ::std::borrow::Borrow<$ty> };
    ($ty:ty, form) => { impl ::std::borrow::Borrow<$ty> };
    ($ty:ty, lines) => { impl ::std::iter::IntoIterator<Item = impl ::std::borrow::Borrow<$ty>> };
    ($ty:ty, json_parts) => { impl ::std::iter::IntoIterator<Item = impl ::std::borrow::Borrow<$ty>> };
    ($ty:ty, scalar_parts) => { impl ::std::iter::IntoIterator<Item = impl ::std::borrow::Borrow<$ty>> };
    ($ty:ty, upload_parts) => { impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<$ty>> };
    ($ty:ty, parts) => {
        impl ::std::iter::IntoIterator<
            Item = (impl ::std::convert::Into<::std::string::String>, impl ::std::convert::Into<$ty>),
        >
    };
    // `as` can be an `ident` too, so what has no place is matched first.
    ($ty:ty, as object) => { impl ::std::borrow::Borrow<$ty> };
    ($ty:ty, $(as json)?) => { impl $crate::wire::IntoValue<$ty> };
    ($ty:ty, $place:ident as object) => { impl ::std::borrow::Borrow<$ty> };
    ($ty:ty, $place:ident $(as json)?) => { impl $crate::wire::IntoValue<$ty> };
}

/// The call with an input: `__carried!(call, value, Type, place(slot) as form)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __carried {
    // Bodies, and what is required.
    ($call:expr, $value:expr, $ty:ty, required) => { $call.required($value) };
    ($call:expr, $value:expr, $ty:ty, json) => { $call.json($crate::__borrowed!($value, $ty)) };
    ($call:expr, $value:expr, $ty:ty, json($media:literal)) => {
        $call.json_as($media, $crate::__borrowed!($value, $ty))
    };
    ($call:expr, $value:expr, $ty:ty, form) => { $call.form($crate::__borrowed!($value, $ty), &[]) };
    ($call:expr, $value:expr, $ty:ty, form($media:literal $(, $name:literal $style:ident $(. $option:ident($($on:tt)?))*)*)) => {
        $call.form_as(
            $media,
            $crate::__borrowed!($value, $ty),
            &[$(($name, $crate::codegen::Style::$style $(.$option($($on)?))*)),*],
        )
    };
    ($call:expr, $value:expr, $ty:ty, text($media:literal)) => {
        $call.text($media, &$crate::__converted!($value, $ty))
    };
    ($call:expr, $value:expr, $ty:ty, lines($media:literal)) => { $call.lines::<$ty>($media, $value) };
    ($call:expr, $value:expr, $ty:ty, upload($media:literal)) => {
        $call.upload($media, $crate::__converted!($value, $ty))
    };
    ($call:expr, $value:expr, $ty:ty, parts) => { $call.parts($value) };
    ($call:expr, $value:expr, $ty:ty, json_parts($media:literal, $part:literal)) => {
        $call.json_parts::<$ty>($media, $part, $value)
    };
    ($call:expr, $value:expr, $ty:ty, scalar_parts($media:literal, $part:literal)) => {
        $call.scalar_parts::<$ty>($media, $part, $value)
    };
    ($call:expr, $value:expr, $ty:ty, upload_parts($media:literal, $part:literal)) => {
        $call.upload_parts($media, $part, $value)
    };
    // Arguments of the path.
    ($call:expr, $value:expr, $ty:ty, $(as $form:ident)?) => {
        $call.path(&$crate::__written!($value, $ty, $($form)?))
    };
    ($call:expr, $value:expr, $ty:ty, path($($style:tt)+) $(as $form:ident)?) => {
        $call.path_styled(&$crate::__written!($value, $ty, $($form)?), $crate::codegen::Style::$($style)+)
    };
    // Parameters and parts.
    ($call:expr, $value:expr, $ty:ty, header($($slot:tt)+) $(as $form:ident)?) => {
        $crate::__carried!($call, $value, $ty, header_parameter($($slot)+) $(as $form)?)
    };
    ($call:expr, $value:expr, $ty:ty, $place:ident($name:literal) $(as $form:ident)?) => {
        $call.$place($name, &$crate::__written!($value, $ty, $($form)?))
    };
    ($call:expr, $value:expr, $ty:ty, $place:ident($name:literal, $media:literal) $(as $form:ident)?) => {
        $call.$place(
            $crate::codegen::Input::from($name).media($media),
            &$crate::__written!($value, $ty, $($form)?),
        )
    };
    ($call:expr, $value:expr, $ty:ty, $place:ident($name:literal, $($style:tt)+) $(as $form:ident)?) => {
        $call.$place(
            $crate::codegen::Input::from($name).style($crate::codegen::Style::$($style)+),
            &$crate::__written!($value, $ty, $($form)?),
        )
    };
}

/// A parameter as it is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __written {
    ($value:expr, $ty:ty,) => {
        $crate::__converted!($value, $ty)
    };
    ($value:expr, $ty:ty, json) => {
        $crate::codegen::JsonForm(&$crate::__converted!($value, $ty))
    };
    ($value:expr, $ty:ty, object) => {
        $crate::codegen::JsonForm($crate::__borrowed!($value, $ty))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __converted {
    ($value:expr, $ty:ty) => {
        $crate::wire::IntoValue::<$ty>::into_value($value)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __borrowed {
    ($value:expr, $ty:ty) => {
        ::std::borrow::Borrow::<$ty>::borrow(&$value)
    };
}
