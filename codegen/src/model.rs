//! Where the generated code has the model of each schema.

use crate::{emit::Context, surface};

/// A named type and the path of its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The name of the component schema, or that of the schema around an inline one and the way from there.
    pub schema: String,
    /// The model's path in the generated code, such as `models::app::v1::App`.
    pub path: String,
}

/// The paths of all models.
pub(crate) fn models(context: Context<'_>) -> Vec<Model> {
    let ids = context.names.modules.values().flatten();
    let mut models: Vec<Model> = ids
        .map(|id| Model {
            schema: context.names.ty(*id).def.name.clone(),
            path: surface::model_path(context, *id),
        })
        .collect();
    models.sort_by(|a, b| a.schema.cmp(&b.schema));
    models
}
