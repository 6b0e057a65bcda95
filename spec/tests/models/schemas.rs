//! Every model, by the schema that it is made from.

use conductorone_client::{models, wire};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A model, as what it makes of a JSON text.
pub(crate) struct Model {
    pub(crate) schema: &'static str,
    pub(crate) read: fn(text: &str) -> Result<Written, String>,
}

/// What a model writes of what it has read.
pub(crate) struct Written {
    /// Everything, as `wire::to_vec` writes it.
    pub(crate) complete: Value,
    /// Everything, read and written through serde.
    pub(crate) bridged: Value,
    /// What a request carries.
    pub(crate) request: Value,
}

fn read<T>(text: &str) -> Result<Written, String>
where
    T: wire::Json + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let value: T = wire::from_str(text).map_err(|error| error.to_string())?;
    let through_serde: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    assert_eq!(value, through_serde);
    Ok(Written {
        complete: serde_json::from_slice(&wire::to_vec(&value)).unwrap(),
        bridged: serde_json::to_value(&through_serde).unwrap(),
        request: serde_json::from_slice(&wire::to_request(&value).map_err(|error| error.to_string())?).unwrap(),
    })
}

macro_rules! models {
    ($($namespace:literal in $module:tt: $($name:ident),*;)*) => {
        pub(crate) const MODELS: &[Model] = &[$($(models!(@one $namespace $module $name),)*)*];
    };
    (@one $namespace:literal ($($module:ident)::+) $name:ident) => {
        Model {
            schema: concat!($namespace, ".", stringify!($name)),
            read: read::<$($module)::+::$name>,
        }
    };
}

/// Schemas whose names Rust writes otherwise.
mod named_otherwise {
    pub(super) use conductorone_client::models::app::v1::{
        AppEntitlementAutomationRuleCel as AppEntitlementAutomationRuleCEL,
        ListAppEntitlementOwnerIdsResponse as ListAppEntitlementOwnerIDsResponse,
        ListAppOwnerIdsResponse as ListAppOwnerIDsResponse,
        ListAppResourceOwnerIdsResponse as ListAppResourceOwnerIDsResponse,
    };
}

models! {
    "c1.api.app.v1" in (named_otherwise):
        AppEntitlementAutomationRuleCEL,
        ListAppEntitlementOwnerIDsResponse,
        ListAppOwnerIDsResponse,
        ListAppResourceOwnerIDsResponse;
    "c1.api.app.v1" in (models::app::v1):
        AddAppEntitlementOwnerRequestInput,
        AddAppEntitlementOwnerResponse,
        AddAppOwnerRequestInput,
        AddAppOwnerResponse,
        AddAppResourceOwnerRequestInput,
        AddAppResourceOwnerResponse,
        AddAutomationExclusionRequestInput,
        AddAutomationExclusionResponse,
        AddManuallyManagedUsersRequestInput,
        AppEntitlement,
        AppEntitlementAutomation,
        AppEntitlementAutomationLastRunStatus,
        AppEntitlementAutomationRuleBasic,
        AppEntitlementAutomationRuleEntitlement,
        AppEntitlementAutomationRuleNone,
        AppEntitlementAutomationRunStatus,
        AppEntitlementExpandMask,
        AppEntitlementExpandPath,
        AppEntitlementId,
        AppEntitlementMembershipType,
        AppEntitlementProxy,
        AppEntitlementProxyExpandMask,
        AppEntitlementProxyView,
        AppEntitlementPurpose,
        AppEntitlementRef,
        AppEntitlementSearchServiceCountGrantsForUserByAppRequest,
        AppEntitlementSearchServiceCountGrantsForUserByAppResponse,
        AppEntitlementSearchServiceSearchGrantsRequest,
        AppEntitlementSearchServiceSearchGrantsResponse,
        AppEntitlementSearchServiceSearchGraphRequest,
        AppEntitlementSearchServiceSearchGraphResponse,
        AppEntitlementSearchServiceSearchReachableResourcesForUserRequest,
        AppEntitlementSearchServiceSearchReachableResourcesForUserResponse,
        AppEntitlementSearchServiceSearchRequest,
        AppEntitlementSearchServiceSearchResponse,
        AppEntitlementServiceGetAutomationResponse,
        AppEntitlementServiceUpdateAutomationRequestInput,
        AppEntitlementServiceUpdateAutomationResponse,
        AppEntitlementUserBinding,
        AppEntitlementUserBindingExpandHistoryMask,
        AppEntitlementUserBindingFeed,
        AppEntitlementUserBindingFeedView,
        AppEntitlementUserBindingHistory,
        AppEntitlementUserBindingHistoryView,
        AppEntitlementUserView,
        AppEntitlementView,
        AppEntitlementWithExpired,
        AppEntitlementWithUserBinding,
        AppId,
        AppRef,
        AppResourceId,
        AppResourceTypeId,
        AppUser,
        AppUserAgentStatus,
        AppUserId,
        AppUserNhiType,
        AppUserRef,
        AppUserStatus,
        AppUserType,
        AppUserView,
        ConnectorId,
        CreateAppEntitlementProxyRequestInput,
        CreateAppEntitlementProxyResponse,
        CreateAppEntitlementRequestInput,
        CreateAppEntitlementResponse,
        CreateAutomationRequestInput,
        CreateAutomationResponse,
        DeleteAppEntitlementOwnersRequestInput,
        DeleteAppEntitlementOwnersResponse,
        DeleteAppEntitlementProxyRequestInput,
        DeleteAppEntitlementProxyResponse,
        DeleteAppEntitlementRequestInput,
        DeleteAppEntitlementResponse,
        DeleteAppOwnersRequestInput,
        DeleteAppOwnersResponse,
        DeleteAppResourceOwnersRequestInput,
        DeleteAppResourceOwnersResponse,
        DeleteAutomationRequestInput,
        DeleteAutomationResponse,
        GetAppEntitlementProxyResponse,
        GetAppEntitlementResponse,
        GrantEventType,
        GrantReason,
        GrantReasonReferenceStrength,
        GraphAppGrantCount,
        GraphEdge,
        GraphEdgeType,
        GraphNode,
        GraphNodeType,
        GraphSizeBand,
        ListAppEntitlementOwnersResponse,
        ListAppEntitlementUsersResponse,
        ListAppEntitlementsResponse,
        ListAppOwnersResponse,
        ListAppResourceOwnersResponse,
        ListAppUsersForIdentityWithGrantResponse,
        ListAutomationExclusionsResponse,
        ManuallyManagedUsersResponse,
        RemoveAppEntitlementOwnerRequestInput,
        RemoveAppEntitlementOwnerResponse,
        RemoveAppOwnerRequestInput,
        RemoveAppOwnerResponse,
        RemoveAppResourceOwnerRequestInput,
        RemoveAppResourceOwnerResponse,
        RemoveAutomationExclusionRequestInput,
        RemoveAutomationExclusionResponse,
        RemoveEntitlementMembershipRequestInput,
        RemoveEntitlementMembershipResponse,
        RemoveGrantDurationRequestInput,
        RemoveGrantDurationResponse,
        SearchAppEntitlementsWithExpiredResponse,
        SearchGrantFeedRequest,
        SearchGrantFeedResponse,
        SearchPastGrantsRequest,
        SearchPastGrantsResponse,
        SetAppEntitlementOwnersRequestInput,
        SetAppEntitlementOwnersResponse,
        SetAppOwnersRequestInput,
        SetAppOwnersResponse,
        SetAppResourceOwnersRequestInput,
        SetAppResourceOwnersResponse,
        UpdateAppEntitlementRequestInput,
        UpdateAppEntitlementResponse,
        UpdateGrantDurationRequestInput,
        UpdateGrantDurationResponse,
        UserWithAppEntitlementUserBindingView;
    "c1.api.app.v1.AppUserStatus" in (models::app::v1::app_user_status):
        Status;
    "c1.api.app.v2" in (models::app::v2):
        AppEntitlementOwnerEntitlement,
        AppEntitlementOwnerUser,
        AppOwnerEntitlement,
        AppOwnerUser,
        AppResourceOwnerEntitlement,
        AppResourceOwnerUser,
        AppUserOwnerEntitlement,
        AppUserOwnerUser,
        ConnectorOwnerEntitlement,
        ConnectorOwnerUser,
        CreateAppEntitlementEntitlementOwnerRequestInput,
        CreateAppEntitlementEntitlementOwnerResponse,
        CreateAppEntitlementOwnerRequestInput,
        CreateAppEntitlementOwnerResponse,
        CreateAppEntitlementUserOwnerRequestInput,
        CreateAppEntitlementUserOwnerResponse,
        CreateAppResourceEntitlementOwnerRequestInput,
        CreateAppResourceEntitlementOwnerResponse,
        CreateAppResourceUserOwnerRequestInput,
        CreateAppResourceUserOwnerResponse,
        CreateAppUserEntitlementOwnerRequestInput,
        CreateAppUserEntitlementOwnerResponse,
        CreateAppUserOwnerRequestInput,
        CreateAppUserOwnerResponse,
        CreateAppUserUserOwnerRequestInput,
        CreateAppUserUserOwnerResponse,
        CreateConnectorEntitlementOwnerRequestInput,
        CreateConnectorEntitlementOwnerResponse,
        CreateConnectorUserOwnerRequestInput,
        CreateConnectorUserOwnerResponse,
        DeleteAppEntitlementEntitlementOwnerRequestInput,
        DeleteAppEntitlementEntitlementOwnerResponse,
        DeleteAppEntitlementOwnerRequestInput,
        DeleteAppEntitlementOwnerResponse,
        DeleteAppEntitlementUserOwnerRequestInput,
        DeleteAppEntitlementUserOwnerResponse,
        DeleteAppResourceEntitlementOwnerRequestInput,
        DeleteAppResourceEntitlementOwnerResponse,
        DeleteAppResourceUserOwnerRequestInput,
        DeleteAppResourceUserOwnerResponse,
        DeleteAppUserEntitlementOwnerRequestInput,
        DeleteAppUserEntitlementOwnerResponse,
        DeleteAppUserOwnerRequestInput,
        DeleteAppUserOwnerResponse,
        DeleteAppUserUserOwnerRequestInput,
        DeleteAppUserUserOwnerResponse,
        DeleteConnectorEntitlementOwnerRequestInput,
        DeleteConnectorEntitlementOwnerResponse,
        DeleteConnectorUserOwnerRequestInput,
        DeleteConnectorUserOwnerResponse,
        GetAppEntitlementEntitlementOwnerResponse,
        GetAppEntitlementOwnerResponse,
        GetAppEntitlementUserOwnerResponse,
        GetAppResourceEntitlementOwnerResponse,
        GetAppResourceUserOwnerResponse,
        GetAppUserOwnerResponse,
        GetConnectorEntitlementOwnerResponse,
        GetConnectorUserOwnerResponse,
        RoleSlug,
        SearchAppEntitlementEntitlementOwnersResponse,
        SearchAppEntitlementOwnersResponse,
        SearchAppEntitlementUserOwnersResponse,
        SearchAppResourceEntitlementOwnersResponse,
        SearchAppResourceUserOwnersResponse,
        SearchAppUserEntitlementOwnersResponse,
        SearchAppUserOwnersResponse,
        SearchAppUserUserOwnersResponse,
        SearchConnectorEntitlementOwnersResponse,
        SearchConnectorUserOwnersResponse,
        SetAppEntitlementOwnersRequestInput,
        SetAppEntitlementOwnersResponse,
        SetAppOwnersRequestInput,
        SetAppOwnersResponse,
        SetAppResourceOwnersV2RequestInput,
        SetAppResourceOwnersV2Response,
        SetAppUserOwnersV2RequestInput,
        SetAppUserOwnersV2Response,
        SetConnectorOwnersV2RequestInput,
        SetConnectorOwnersV2Response;
    "c1.api.iam.v1" in (models::iam::v1):
        ActorObjectPermissions;
    "c1.api.policy.v1" in (models::policy::v1):
        ActionProvision,
        AppOwnerProvisioner,
        ConnectorProvision,
        DelegatedProvision,
        DevicePlacementProvision,
        EntitlementOwnerProvisioner,
        ExpressionProvisioner,
        ExternalTicketProvision,
        GroupProvisioner,
        ManagerProvisioner,
        ManualProvision,
        MultiStep,
        PolicyRef,
        ProvisionPolicy,
        ProvisionerAssignment,
        UnconfiguredProvision,
        UserProvisioner,
        WebhookProvision;
    "c1.api.policy.v1.ConnectorProvision" in (models::policy::v1::connector_provision):
        AccountProvision,
        DefaultBehavior,
        DeleteAccount,
        DoNotSave,
        SaveToVault;
    "c1.api.search.v1" in (models::search::v1):
        FacetCategory,
        FacetRange,
        FacetRangeItem,
        FacetValue,
        FacetValueItem,
        Facets;
    "c1.api.user.v1" in (models::user::v1):
        User,
        UserAttributeMappingSource,
        UserId,
        UserOrigin,
        UserRef,
        UserStatus,
        UserType;
    "c1.api.user.v2" in (models::user::v2):
        CreateUserEntitlementOwnerRequestInput,
        CreateUserEntitlementOwnerResponse,
        CreateUserUserOwnerRequestInput,
        CreateUserUserOwnerResponse,
        DeleteUserEntitlementOwnerRequestInput,
        DeleteUserEntitlementOwnerResponse,
        DeleteUserUserOwnerRequestInput,
        DeleteUserUserOwnerResponse,
        SearchUserEntitlementOwnersResponse,
        SearchUserOwnersResponse,
        SetUserOwnersV2RequestInput,
        SetUserOwnersV2Response,
        UserOwnerEntitlement,
        UserOwnerUser;
    "google.protobuf" in (models::google::protobuf):
        Any,
        Empty;
    "google.rpc" in (models::google::rpc):
        Status;
}
