//! What of the schemas has had no effect, so that nothing is dropped in silence.

use super::uses::Types;
use crate::{
    diagnostic::Code,
    document::SchemaView,
    lower::facts::{Ineffective, Reason, ineffective},
};

impl<'d> Types<'_, 'd> {
    /// Reports the keywords of all schemas that have no effect.
    pub(super) fn report_ineffective(&mut self) {
        let schemas = &self.document.schemas;
        for schema in schemas.ids().map(|id| schemas.view(id)) {
            for found in ineffective(schema) {
                self.report_one(schema, &found);
            }
            if self.facts.uses_discriminator(schema) {
                self.report.claim(&schema, "discriminator");
                let at = schema.key("discriminator");
                self.report.claim(&at, "propertyName");
                self.report.claim(&at, "mapping");
            }
        }
    }

    fn report_one(&mut self, schema: SchemaView<'d>, found: &Ineffective) {
        let keyword = found.keyword;
        let (message, help) = match found.reason {
            Reason::Type(json_type) => {
                let json_type = json_type.as_str();
                let message = format!("`{keyword}` has no effect on values of type `{json_type}`: it is ignored");
                (message, "remove it, or correct the type")
            }
            Reason::Without(needed) => {
                let message = format!("`{keyword}` has no effect without `{needed}`: it is ignored");
                (message, "remove it, or add the other keyword")
            }
        };
        self.report
            .warn(Code::IneffectiveKeyword, &schema.key(keyword), message, help);
    }
}
