//! Why clients of the API break: a reason for each rule of HTTP that can break them.

/// The reason of a rule, as what follows "breaking: ".
pub(super) fn reason(rule: &str) -> &'static str {
    match rule {
        "path-changed" | "method-changed" => "old clients still send the old request",
        "operation-removed" => "old clients still call it",
        "parameter-removed" => "old clients still send it",
        "property-removed" | "required-property-removed" | "media-type-removed" | "body-removed" => {
            "old clients still send or read it"
        }
        "required-parameter-added" | "parameter-became-required" | "required-property-added" | "became-required" => {
            "a request without it can be rejected"
        }
        "parameter-style-changed" | "parameter-media-type-changed" | "encoding-changed" => {
            "old clients still write it in the old form"
        }
        "parameter-default-changed" => "a request without it means something else",
        "body-added" | "body-became-required" => "a request without a body can be rejected",
        "body-became-optional" | "became-optional" | "header-became-optional" => {
            "it can be absent where old clients read it"
        }
        "success-status-removed" | "header-removed" => "old clients can depend on it",
        "header-media-type-changed" => "old clients still read it in the old form",
        "webhook-removed" | "callback-removed" => "receivers wait for it",
        "security-added" => "a request without a credential can be rejected",
        "security-changed" => "a request with the old credentials can be rejected",
        "security-scheme-changed" => "old clients still send the credential in the old way",
        "type-generalized" | "enum-removed" | "enum-value-added" | "limit-loosened" | "choice-added"
        | "variant-added" | "condition-removed" => "a response can contain a value that old clients do not know",
        "became-nullable" => "a response can contain null",
        "became-not-nullable" => "a request that contains null can be rejected",
        "type-specialized" | "became-enum" | "enum-value-removed" | "limit-tightened" | "limit-changed"
        | "condition-changed" | "choice-removed" | "variant-removed" => {
            "a request can contain a value that is not allowed any more"
        }
        "closed" => "a request can contain a property that is not allowed any more",
        "discriminator-changed" | "discriminator-value-removed" | "discriminator-value-moved" => {
            "old clients still select the variant in the old way"
        }
        "type-changed" => "old clients still send or read the old type",
        // `prefix-item-removed`.
        _ => "old clients still send or read it in the old form",
    }
}
