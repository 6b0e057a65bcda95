//! The form of a client of an API.

/// Declares a client with a method for each of its groups: `pub struct Client { pets: Pets = "Pets", }`. The type of the group is
/// in the module of the method's name in `super::apis`. The string is the name of a group without documentation of its own.
/// `pub struct Client with builder` has a function that returns a builder.
#[doc(hidden)]
#[macro_export]
macro_rules! api_client {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(with $builder:ident)? {
            $($(#[$group_meta:meta])* $method:ident: $group:ident $(= $group_name:literal)?),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug)]
        pub struct $name($crate::Client);

        impl ::std::convert::From<$crate::Client> for $name {
            fn from(client: $crate::Client) -> Self {
                Self(client)
            }
        }

        impl ::std::convert::AsRef<$crate::Client> for $name {
            fn as_ref(&self) -> &$crate::Client {
                &self.0
            }
        }

        impl $name {
            $(
                /// Returns a builder of a client of this server; its methods set credentials, limits and everything else.
                pub fn $builder(server: impl ::std::convert::Into<$crate::Server>) -> $crate::ClientBuilder<Self> {
                    $crate::ClientBuilder::new(server)
                }
            )?

            $(
                $(#[$group_meta])*
                $(#[doc = ::std::concat!("The operations of `", $group_name, "`.")])?
                #[must_use]
                pub fn $method(&self) -> super::apis::$method::$group {
                    super::apis::$method::$group(::std::clone::Clone::clone(&self.0))
                }
            )*
        }
    };
}
