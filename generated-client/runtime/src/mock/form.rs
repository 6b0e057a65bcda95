//! The forms by which generated code gives its operations to the mock. They expand only with the feature `test-util`.

/// Gives an operation to the mock: its inputs by their names and places, and the sections of its form.
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked {
    (
        $call:ident (
            $($argument:ident: $ty:ty $(= $place:ident $(($($slot:tt)*))?)? $(as $form:ident)?),* $(,)?
        )
        $($(#[$body_meta:meta])* optional body: $body:ty = $body_place:ident $(($($body_slot:tt)*))?,)?
        $(answer: $answer:ident $($answer_ty:ty)? $(= $success:pat)?,)?
        $(answers $answers:ident { $($case:tt)* },)?
        $(stream: $stream:ident $($stream_ty:ty)?,)?
        $(required $required:ident {
            $($(#[$field_meta:meta])*
            $field:ident: $field_ty:ty = $field_place:ident($($field_slot:tt)*) $(as $field_form:ident)?),* $(,)?
        },)?
        $(optional {
            $($(#[$setter_meta:meta])*
            $setter:ident: $setter_ty:ty = $setter_place:ident($($setter_slot:tt)*) $(as $setter_form:ident)?),* $(,)?
        },)?
        $(errors $errors:ident $(except ($($except:tt)+))? { $($error:tt)* },)?
        $(headers { $($header:tt)* },)?
        $(paging($($item:ty)? : $($paging:tt)*),)?
        $(where [$($rule:tt)*],)?
        $(with $fact:ident $(($($fact_value:tt)*))?,)*
    ) => {
        const _: () = {
            /// The inputs of a request.
            #[derive(::std::fmt::Debug)]
            #[allow(missing_docs, unreachable_pub, reason = "it is reached by the trait, and the call has the documentation")]
            pub struct __Request {
                $(pub $argument: $crate::__requested!($ty $(, $place)?),)*
                $(pub body: ::std::option::Option<$crate::__requested!($body, $body_place)>,)?
                $($(pub $setter: ::std::option::Option<$crate::__requested!($setter_ty, $setter_place)>,)*)?
            }

            impl $crate::mock::Mocked for $call {
                const OPERATION: &'static $crate::codegen::Operation = $crate::__mock_operation!($call);

                type Request = __Request;
                type Answer = $crate::__mock_answer!(type $($answer $($answer_ty)?)? $(outcome $answers)?);
                type Failure = $crate::__mock_failure!($($errors)?);

                fn into_call(self) -> $crate::codegen::Call {
                    self.0
                }

                #[allow(unused_variables, reason = "an operation need not have inputs")]
                fn request(inputs: &mut $crate::mock::Inputs<'_>) -> ::std::option::Option<__Request> {
                    $(let $argument = $crate::__read!(
                        inputs.required(), $ty, $($place $(($($slot)*))?)? $(as $form)?
                    );)*
                    $(let body = $crate::__read!(inputs, $body, $body_place $(($($body_slot)*))?);)?
                    $($(let $setter = $crate::__read!(
                        inputs, $setter_ty, $setter_place($($setter_slot)*) $(as $setter_form)?
                    );)*)?
                    ::std::option::Option::Some(__Request {
                        $($argument: $argument?,)*
                        $(body: $crate::__second!($body, body),)?
                        $($($setter,)*)?
                    })
                }

                fn write(answer: &Self::Answer) -> $crate::mock::Written {
                    $crate::__mock_answer!(
                        write $call, answer, $($answer $($answer_ty)?)? $(outcome $answers)?
                    )
                }

                $($(
                    fn declares(status: u16, _: &[u16]) -> bool {
                        ::std::matches!(status, $success)
                    }
                )?)?
            }

            $(
                impl $crate::mock::RequiredInputs for $required {
                    fn read(inputs: &mut $crate::mock::Inputs<'_>) -> ::std::option::Option<Self> {
                        $(let $field = $crate::__read!(
                            inputs.required(), $field_ty, $field_place($($field_slot)*) $(as $field_form)?
                        );)*
                        ::std::option::Option::Some(Self { $($field: $field?,)* })
                    }
                }
            )?
        };

        $crate::__mock_pages!($call ($($($answer_ty)?)?) ($($($item)?)?));
        $($crate::__mock_stream!($call, $stream $($stream_ty)?);)?
    };
}

/// The second of two: a repetition needs a variable of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __second {
    ($first:ty, $second:expr) => {
        $second
    };
}

/// The type of an input of a request.
#[doc(hidden)]
#[macro_export]
macro_rules! __requested {
    ($ty:ty, lines) => { ::std::vec::Vec<$ty> };
    ($ty:ty, json_parts) => { ::std::vec::Vec<$ty> };
    ($ty:ty, scalar_parts) => { ::std::vec::Vec<$ty> };
    ($ty:ty, upload_parts) => { ::std::vec::Vec<$ty> };
    ($ty:ty, parts) => { ::std::vec::Vec<(::std::string::String, $ty)> };
    ($ty:ty $(, $place:ident)?) => { $ty };
}

/// Reads an input: the opposite of `__carried!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    // Bodies, and what is required.
    ($inputs:expr, $ty:ty, required) => { <$ty as $crate::mock::RequiredInputs>::read($inputs) };
    ($inputs:expr, $ty:ty, json $(($media:literal))?) => { $inputs.json::<$ty>() };
    ($inputs:expr, $ty:ty, form) => { $inputs.form::<$ty>(&[]) };
    ($inputs:expr, $ty:ty, form($media:literal $(, $name:literal $style:ident $(. $option:ident($($on:tt)?))*)*)) => {
        $inputs.form::<$ty>(&[$(($name, $crate::codegen::Style::$style $(.$option($($on)?))*)),*])
    };
    ($inputs:expr, $ty:ty, text($media:literal)) => { $inputs.text::<$ty>() };
    ($inputs:expr, $ty:ty, lines($media:literal)) => { $inputs.lines::<$ty>() };
    ($inputs:expr, $ty:ty, upload($media:literal)) => { $inputs.upload() };
    ($inputs:expr, $ty:ty, parts) => { $inputs.parts() };
    ($inputs:expr, $ty:ty, json_parts($media:literal, $part:literal)) => { $inputs.values::<$ty>() };
    ($inputs:expr, $ty:ty, scalar_parts($media:literal, $part:literal)) => { $inputs.values::<$ty>() };
    ($inputs:expr, $ty:ty, upload_parts($media:literal, $part:literal)) => { $inputs.uploads() };
    // Arguments of the path.
    ($inputs:expr, $ty:ty, $(as $form:ident)?) => { $inputs.path::<$ty>($crate::codegen::Style::SIMPLE) };
    ($inputs:expr, $ty:ty, path($($style:tt)+) $(as $form:ident)?) => {
        $inputs.path::<$ty>($crate::codegen::Style::$($style)+)
    };
    // Parts that are uploads.
    ($inputs:expr, $ty:ty, file($name:literal $(, $media:literal)?)) => { $inputs.file($name) };
    ($inputs:expr, $ty:ty, text_part($name:literal $(, $media:literal)?)) => { $inputs.file($name) };
    ($inputs:expr, $ty:ty, files($name:literal $(, $media:literal)?)) => { $inputs.files($name) };
    ($inputs:expr, $ty:ty, text_parts($name:literal $(, $media:literal)?)) => { $inputs.files($name) };
    // Parameters and parts.
    ($inputs:expr, $ty:ty, $place:ident($name:literal $(, $media:literal)?) $(as $form:ident)?) => {
        $inputs.$place::<$ty>($name)
    };
    ($inputs:expr, $ty:ty, $place:ident($name:literal, $($style:tt)+) $(as $form:ident)?) => {
        $inputs.$place::<$ty>(
            $crate::codegen::Input::from($name).style($crate::codegen::Style::$($style)+),
        )
    };
}

/// The type of an answer, and how it is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __mock_answer {
    (type) => { () };
    (type nothing) => { () };
    (type json $ty:ty) => { $ty };
    (type optional $ty:ty) => { ::std::option::Option<$ty> };
    (type outcome $ty:ident) => { $ty };
    (type text) => { ::std::string::String };
    (type bytes) => { $crate::Bytes };
    (type events) => { ::std::vec::Vec<::std::string::String> };
    (type byte_parts) => { ::std::vec::Vec<$crate::Bytes> };
    (type $stream:ident $ty:ty) => { ::std::vec::Vec<$ty> };
    (write $call:ident, $answer:ident, $(nothing)?) => { { let () = $answer; $crate::mock::Written::nothing() } };
    (write $call:ident, $answer:ident, outcome $ty:ident) => {
        $crate::mock::Written::by_status($crate::__mock_operation!($call), $answer)
    };
    (write $call:ident, $answer:ident, events) => {
        $crate::mock::Written::text_events($crate::__mock_operation!($call), $answer)
    };
    (write $call:ident, $answer:ident, $form:ident $($ty:ty)?) => {
        $crate::mock::Written::$form($crate::__mock_operation!($call), $answer)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __mock_operation {
    ($call:ident) => {
        <$call as $crate::codegen::Described>::OPERATION
    };
}

/// The type of the errors that an operation declares.
#[doc(hidden)]
#[macro_export]
macro_rules! __mock_failure {
    () => {
        ::std::convert::Infallible
    };
    ($errors:ident) => {
        $errors
    };
}

/// The items of the pages of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! __mock_pages {
    ($call:ident ($($answer:ty)?) ()) => {};
    ($call:ident ($answer:ty) ($item:ty)) => {
        impl $crate::mock::MockedPages for $call {
            type Item = $item;
            type Page = $answer;
        }
    };
}

/// The second form of an answer.
#[doc(hidden)]
#[macro_export]
macro_rules! __mock_stream {
    ($call:ident, events) => {
        $crate::__mock_stream!(@ $call, ::std::string::String, text_events);
    };
    ($call:ident, byte_parts) => {
        $crate::__mock_stream!(@ $call, $crate::Bytes, byte_parts);
    };
    ($call:ident, $form:ident $ty:ty) => {
        $crate::__mock_stream!(@ $call, $ty, $form);
    };
    (@ $call:ident, $ty:ty, $form:ident) => {
        impl $crate::mock::MockedStream for $call {
            type StreamItem = $ty;

            fn write_stream(items: &[$ty]) -> $crate::mock::Written {
                $crate::mock::Written::$form($crate::__mock_operation!($call), items)
            }
        }
    };
}

/// Writes the answers or errors that differ by status.
#[doc(hidden)]
#[macro_export]
macro_rules! __by_status {
    (
        $name:ident ($($except:pat)?) ($($unknown:ident)?) {
            $($(#[$meta:meta])* $status:pat => $variant:ident $(($ty:ty = $form:ident))?),* $(,)?
        }
    ) => {
        impl $crate::mock::ByStatus for $name {
            #[allow(unused_variables, reason = "not every status has a body")]
            fn written(&self, operation: &$crate::codegen::Operation) -> $crate::mock::Written {
                match self {
                    $(Self::$variant $(($form))? => $crate::__written_case!(operation $(, $form)?),)*
                    $(Self::$unknown(status) => $crate::mock::Written::unknown(*status, Self::variant_of(*status)),)?
                }
            }

            fn variant(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => ::std::stringify!($variant),)*
                    $(Self::$unknown(_) => ::std::stringify!($unknown),)?
                }
            }

            fn variant_of(status: u16) -> &'static str {
                match status {
                    $($except => "",)?
                    $($status => ::std::stringify!($variant),)*
                    #[allow(unreachable_patterns, reason = "the document may describe all other statuses")]
                    _ => "",
                }
            }
        }
    };
}

/// Writes the body of one status.
#[doc(hidden)]
#[macro_export]
macro_rules! __written_case {
    ($operation:ident) => {
        $crate::mock::Written::nothing()
    };
    ($operation:ident, $form:ident) => {
        $crate::mock::Written::$form($operation, $form)
    };
}
