//! The related objects that a response contains in addition to its own.

use specwright_runtime::wire::{AnyMessage, Json, Model, Result};

/// Related objects of a response, which the request selects with an expand mask.
///
/// Each contains the name of its type, and views refer to them by paths such as `$.expanded[0]`. Objects of types that the
/// models have can be decoded as such. All others are kept unchanged, in [`AnyMessage::properties`].
///
/// ```
/// use conductorone_client::{Expanded, models::app::v1::{AppUser, GetAppEntitlementResponse}, wire};
///
/// let response: GetAppEntitlementResponse = wire::from_str(r#"{
///     "appEntitlementView": {"appPath": "$.expanded[1]"},
///     "expanded": [
///         {"@type": "type.googleapis.com/c1.api.app.v1.AppUser", "displayName": "Ada"},
///         {"@type": "type.googleapis.com/c1.api.app.v1.App", "displayName": "Wiki"}
///     ]
/// }"#)?;
/// let users: Vec<AppUser> = response.expanded.of_type().collect::<wire::Result<_>>()?;
/// assert_eq!(users[0].display_name.as_deref(), Some("Ada"));
///
/// let view = response.app_entitlement_view.unwrap_or_default();
/// let app = response.expanded.at(view.app_path.as_deref()).unwrap();
/// assert_eq!(app.properties["displayName"], "Wiki");
/// # Ok::<(), wire::DecodeError>(())
/// ```
pub trait Expanded {
    /// The objects, whatever their types.
    fn messages(&self) -> &[AnyMessage];

    /// The objects of one type. One that has not the shape of its type is an error.
    fn of_type<M: Model + Json>(&self) -> impl Iterator<Item = Result<M>> {
        self.messages().iter().filter_map(AnyMessage::get)
    }

    /// The object at a path of a view's; none where the view names none, or one that did not come.
    fn at(&self, path: Option<&str>) -> Option<&AnyMessage> {
        let index = path?.strip_prefix("$.expanded[")?.strip_suffix(']')?;
        self.messages().get(index.parse::<usize>().ok()?)
    }
}

impl Expanded for [AnyMessage] {
    fn messages(&self) -> &[AnyMessage] {
        self
    }
}

impl Expanded for Option<Vec<AnyMessage>> {
    fn messages(&self) -> &[AnyMessage] {
        self.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use specwright_runtime::wire;

    use super::*;
    use crate::models::{app::v1::AppUser, user::v1::User};

    fn messages() -> Vec<AnyMessage> {
        let text = r#"[
            {"@type": "type.googleapis.com/c1.api.user.v1.User", "id": "u1"},
            {"@type": "type.googleapis.com/c1.api.app.v9.Future", "id": [7]},
            {"@type": "c1.api.app.v1.AppUser", "id": "a1"},
            {"@type": "type.googleapis.com/c1.api.user.v1.User", "id": {}},
            {"id": "of no type"}
        ]"#;
        wire::from_str(text).unwrap()
    }

    #[test]
    fn objects_are_read_by_the_types_that_they_say() {
        let messages = Some(messages());
        let users: Vec<Result<User>> = messages.of_type().collect();
        assert_eq!((users.len(), users[1].is_err()), (2, true));
        assert_eq!(users[0].as_ref().unwrap().id.as_ref().unwrap().as_str(), "u1");
        let accounts: Result<Vec<AppUser>> = messages.of_type().collect();
        assert_eq!(accounts.unwrap()[0].id.as_ref().unwrap().as_str(), "a1");
        assert_eq!(None.of_type::<User>().count(), 0);
    }

    #[test]
    fn a_path_leads_to_its_object_or_nowhere() {
        let messages = Some(messages());
        assert_eq!(
            messages.at(Some("$.expanded[4]")).unwrap().properties["id"],
            "of no type"
        );
        let nowhere = [
            "",
            "$.expanded[5]",
            "$.expanded[-1]",
            "$.expanded[]",
            "$.expanded[0].id",
            "$.other[0]",
        ];
        assert!(nowhere.into_iter().all(|path| messages.at(Some(path)).is_none()));
        assert_eq!(
            (messages.at(None), None::<Vec<AnyMessage>>.at(Some("$.expanded[0]"))),
            (None, None)
        );
    }
}
