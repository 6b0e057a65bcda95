//! The owners and entitlements of an app, at work without an account:
//!
//! ```sh
//! cargo run -p generated-client --example owners
//! ```
//!
//! The answers come from a server that the example starts itself. With an account, give [`Client::new`] your tenant's
//! host, as in `acme.conductor.one`, and a token; everything else stays as it is.

#[path = "support/server.rs"]
mod server;

use std::collections::BTreeMap;

use conductorone_client::{
    Client, Error, Expanded, RpcCode,
    models::app::v1::{
        AppEntitlementExpandMask, AppEntitlementExpandPath, AppEntitlementSearchServiceSearchRequest, AppId,
        CreateAppEntitlementRequestInput, CreateAppEntitlementRequestInputRequired,
    },
};

const APP: &str = "2Qd3ZaQx5pUHhLRe9uGeNf8jQbT";
const GRACE: &str = "2Qd3ZbGraceHopperUserId0003";
const RESOURCE_TYPE: &str = "2Qd3ZcTheResourceTypeOfWiki";
const RESOURCE: &str = "2Qd3ZcTheWikiResourceInside";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(&server::start()?, "token")?;

    for (id, name) in find_apps(&client).await? {
        println!("App {name}: {id}");
        list_owners(&client, &id).await?;
    }
    add_owner(&client).await?;
    create_entitlement(&client).await?;
    look_for_an_entitlement(&client).await?;
    Ok(())
}

/// No operation lists apps. A search over all entitlements does, with the app of each in `expanded`: an app without any
/// entitlement is not found this way.
async fn find_apps(client: &Client) -> Result<BTreeMap<AppId, String>, Error> {
    let request = AppEntitlementSearchServiceSearchRequest::default()
        .page_size(10)
        .expand_mask(AppEntitlementExpandMask::default().paths([AppEntitlementExpandPath::AppId]));
    let mut pages = client.app_entitlement_search().search().body(request).pages();
    let mut apps = BTreeMap::new();
    while let Some(page) = pages.next().await {
        let page = page?;
        for view in page.list.iter().flatten() {
            let id = view
                .app_entitlement
                .as_ref()
                .and_then(|entitlement| entitlement.app_id.as_ref());
            let app = page.expanded.at(view.app_path.as_deref());
            let name = app.and_then(|app| app.properties.get("displayName")?.as_str());
            if let Some(id) = id {
                apps.insert(id.clone(), name.unwrap_or("(no name)").to_owned());
            }
        }
    }
    Ok(apps)
}

/// Required inputs are arguments, everything else is a setter. The items of all pages, each page asked for when it is needed.
async fn list_owners(client: &Client, app: &AppId) -> Result<(), Error> {
    println!("Owners of the app:");
    let mut owners = client.app_owners().list(app).page_size(50).items();
    while let Some(owner) = owners.next().await {
        let owner = owner?;
        let name = owner.display_name.as_deref().unwrap_or("(no name)");
        let email = owner.email.as_deref().unwrap_or("no e-mail address");
        println!("  {name}, {email}");
    }
    Ok(())
}

/// A text becomes the id that is asked for; an id that came in an answer keeps its kind and fits nowhere else.
async fn add_owner(client: &Client) -> Result<(), Error> {
    let added = client.app_owners().add(APP, GRACE).await?;
    let request = added.request_id().unwrap_or("without id");
    println!("Added an owner: status {}, request {request}.", added.status());
    Ok(())
}

/// A model is made of what it requires; the rest is set by name.
async fn create_entitlement(client: &Client) -> Result<(), Error> {
    let required = CreateAppEntitlementRequestInputRequired {
        display_name: "Wiki editors".to_owned(),
    };
    let entitlement = CreateAppEntitlementRequestInput::new(required)
        .app_resource_type_id(RESOURCE_TYPE)
        .app_resource_id(RESOURCE)
        .duration_grant("3600s");
    let created = client.app_entitlements().create(APP, entitlement).await?;

    let view = created.app_entitlement_view.as_ref();
    if let Some(entitlement) = view.and_then(|view| view.app_entitlement.as_ref()) {
        let id = entitlement.id.as_ref().map_or("without id", |id| id.as_str());
        let grants = entitlement.grant_count.unwrap_or(0);
        println!("Created the entitlement {id}, which {grants} people hold.");
    }
    Ok(())
}

/// An error shows the server's message and the id by which support finds the request.
async fn look_for_an_entitlement(client: &Client) -> Result<(), Error> {
    match client.app_entitlements().get(APP, "2Qd3ZdThereIsNoEntitlement0").await {
        Ok(_) => println!("Found it."),
        Err(error) if error.rpc_code() == Some(RpcCode::NotFound) => {
            let request = error.request_id().unwrap_or("without id");
            println!("There is no such entitlement; support finds the request by {request}.");
            println!("The whole error: {error}");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
