//! The form of a group of operations.

/// Declares a group of operations, with a method and a type of its calls for each.
///
/// ```
/// # use specwright_runtime::{Client, wire};
/// # mod models { pub type Team = std::collections::BTreeMap<String, i64>; }
/// use specwright_runtime::forms::*;
///
/// operations! {
///     /// Teams and their members.
///     pub struct Teams = "teams" {
///         /// Updates a team.
///         PUT "/teams/{id}"
///         fn update(
///             /// The id of the team.
///             id: String,
///             required: UpdateRequired = required,
///             body: models::Team = json,
///         ) -> Update = "teams.update" {
///             answer: json models::Team,
///             required UpdateRequired {
///                 /// The version that is replaced.
///                 if_match: String = header("If-Match"),
///             },
///             optional {
///                 /// The properties of the response.
///                 fields: Vec<String> = query("fields", FORM.explode(false)),
///             },
///             errors UpdateError {
///                 /// 404: no such team.
///                 404 => NotFound(models::Team = json),
///             },
///             headers {
///                 /// The calls that are left.
///                 REMAINING: i64 = literal("X-Remaining"),
///             },
///             with security(&[&["token"]]),
///         },
///     }
/// }
///
/// async fn update(client: &Client, team: models::Team) -> Result<(), specwright_runtime::Error> {
///     # fn teams(client: &Client) -> Teams { Teams(client.clone()) }
///     let required = UpdateRequired { if_match: "\"a\"".to_owned() };
///     let updated = teams(client).update("t1", required, &team).fields(["name"]).await?;
///     println!("{:?}", updated.header(Update::REMAINING)?);
///     Ok(())
/// }
/// ```
///
/// A group whose method of the client is called otherwise has both names: `("Pet store" as pet_store)`.
///
/// An answer with other statuses than 200 (204 without content) lists them: `json models::Team = 200 | 201`, `nothing = 202`.
///
/// An input is `name: Type = place(wire name, style or content type)`; without a place it is an argument of the path. The
/// sections of an operation are in this order, and each may be absent: the optional body, `answer` or `answers`, `stream`,
/// `required`, `optional`, `errors`, `headers`, `paging`, `where` (limits of the body), and any number of `with`, which are steps of
/// [`Operation`](crate::codegen::Operation).
#[doc(hidden)]
#[macro_export]
macro_rules! operations {
    (
        $(#[$group_meta:meta])*
        $visibility:vis struct $group:ident = $group_name:tt {
            $(
                $(#[$meta:meta])*
                $verb:ident $(($other:literal))? $path:literal
                fn $method:ident(
                    $(
                        $(#[doc = $first:literal] $(#[doc = $next:literal])*)?
                        $argument:ident: $ty:ty $(= $place:ident $(($($slot:tt)*))?)? $(as $form:ident)?
                    ),* $(,)?
                ) -> $call:ident = $id:literal { $($section:tt)* }
            ),* $(,)?
        }
    ) => {
        $(#[$group_meta])*
        #[doc = ""]
        #[doc = ::std::concat!("Group: `", $crate::__group!(name of $group_name), "`.")]
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        $visibility struct $group(pub(crate) $crate::Client);

        impl $group {
            $(
                $(#[$meta])*
                #[doc = ""]
                #[doc = ::std::concat!("`", $crate::__verb!($verb $($other)?), " ", $path, "`")]
                #[doc = ""]
                $(#[doc = ::std::concat!("- `", ::std::stringify!($argument), "`" $(, ":", $first $(, $next)*)?)])*
                #[allow(clippy::too_many_arguments, reason = "the document requires all of them")]
                $visibility fn $method(
                    &self
                    $(, $argument: $crate::__accepted!($ty, $($place)? $(as $form)?))*
                ) -> $call {
                    let call = $crate::codegen::Call::new(
                        &self.0,
                        <$call as $crate::codegen::Described>::OPERATION,
                        &[],
                    );
                    $(let call = $crate::__carried!(
                        call, $argument, $ty, $($place $(($($slot)*))?)? $(as $form)?
                    );)*
                    $call(call)
                }
            )*
        }

        $($crate::__call! {
            $visibility $group $method $call = $crate::__operation!($verb $($other)?, $id, $path);
            ($crate::__example!($group_name, $method $(, $argument)*));
            $($section)*
        })*

        $crate::__for_tests! {
            $($crate::__mocked! {
                $call ($($argument: $ty $(= $place $(($($slot)*))?)? $(as $form)?),*)
                $($section)*
            })*
        }
    };
}

/// The expression of a call, for documentation: it consists of the identifiers of the form.
#[doc(hidden)]
#[macro_export]
macro_rules! __example {
    ($group:tt, $method:ident $(, $first:ident $(, $next:ident)*)?) => {
        ::std::concat!(
            "client.", $crate::__group!(module of $group), "().", ::std::stringify!($method), "(",
            $(::std::stringify!($first), $(", ", ::std::stringify!($next),)*)? ")"
        )
    };
}

/// The name of a group in the document, and the client's method for it: `"pets"`, or `("Pet store" as pet_store)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __group {
    (name of ($name:literal as $module:ident)) => {
        $name
    };
    (module of ($name:literal as $module:ident)) => {
        ::std::stringify!($module)
    };
    ($part:ident of $name:literal) => {
        $name
    };
}

/// A method as it is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __verb {
    ($verb:ident) => {
        ::std::stringify!($verb)
    };
    ($verb:ident $other:literal) => {
        $other
    };
}

/// An operation by its method, id and path template.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    ($verb:ident, $id:literal, $path:literal) => {
        $crate::codegen::Operation::new($id, $crate::Method::$verb, $path)
    };
    ($verb:ident $other:literal, $id:literal, $path:literal) => {
        $crate::codegen::Operation::other($id, $other, $path)
    };
}
