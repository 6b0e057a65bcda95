//! Bodies of parts that are known by their positions.

use std::borrow::Borrow;

use super::{Call, Content};
use crate::{Parameter, Upload, multipart::Multipart, wire::Json};

impl Call {
    /// A body of parts without names, of this content type.
    pub fn positional(mut self, media: &'static str) -> Self {
        self.draft.body = Some(Content::Parts(Multipart::positional(media)));
        self
    }

    /// A body of JSON values, each a part of the content type `part_media`.
    pub fn json_parts<T: Json>(
        self,
        media: &'static str,
        part_media: &'static str,
        values: impl IntoIterator<Item = impl Borrow<T>>,
    ) -> Self {
        let mut call = self.positional(media);
        for value in values {
            let Some(json) = call.written(value.borrow()) else {
                return call;
            };
            call.push_typed("", part_media, Upload::from(json));
        }
        call
    }

    /// A body of scalars, each a part of the content type `part_media`.
    pub fn scalar_parts<T: Parameter>(
        self,
        media: &'static str,
        part_media: &'static str,
        values: impl IntoIterator<Item = impl Borrow<T>>,
    ) -> Self {
        let mut call = self.positional(media);
        for value in values {
            match super::scalar(&value.borrow().parameter()) {
                Ok(text) => call.push_typed("", part_media, Upload::from(text.as_ref())),
                Err(reason) => return call.refused(format!("body: {reason}")),
            }
        }
        call
    }

    /// A body of uploads, each a part that has the content type `part_media` unless it has one of its own.
    pub fn upload_parts(
        self,
        media: &'static str,
        part_media: &'static str,
        uploads: impl IntoIterator<Item = impl Into<Upload>>,
    ) -> Self {
        let mut call = self.positional(media);
        for upload in uploads {
            call.push_typed("", part_media, upload.into());
        }
        call
    }
}
