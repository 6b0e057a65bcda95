//! The operations that these tests call.

use specwright_runtime::{Client, forms::*, mock::Mock};

model! {
    pub struct Pet(PetRequired) = "Pet" {
        id: String = required "id",
        name: String = required "name",
        age: Option<i64> = "age" where [Minimum("0"), Maximum("30")],
        tags: Option<Vec<String>> = "tags",
    }
}

model! {
    pub struct Problem(ProblemRequired) = "Problem" {
        title: String = required "title",
    }
}

model! {
    pub struct PetPage = "PetPage" {
        pets: Option<Vec<Pet>> = "pets",
        next: Option<String> = "next",
    }
}

model! {
    pub struct Counted(CountedRequired) = "Counted" {
        items: Vec<i64> = required "items",
        total: i64 = required "total",
        note: String = required "note",
    }
}

model! {
    pub struct Search = "Search" {
        name: Option<String> = "name",
        page_token: Option<String> = "pageToken",
    }
}

operations! {
    /// Pets.
    pub struct Pets = "pets" {
        /// Returns a pet.
        GET "/pets/{id}"
        fn get(
            id: i64,
        ) -> Get = "pets.get" {
            answer: json Pet,
            errors GetError {
                /// 404: no such pet.
                404 => NotFound(Problem = json),
                500..=599 => Broken(String = text),
            },
        },

        /// Adds a pet.
        POST "/pets"
        fn add(
            required: AddRequired = required,
            body: Pet = json,
        ) -> Add = "pets.add" {
            answers Added {
                /// 200: it was there.
                200 => Known(Pet = json),
                /// 201: it is new.
                201 => New(Pet = json),
                202 => Later,
            },
            required AddRequired {
                source: String = header("X-Source"),
            },
            optional {
                notify: bool = query("notify"),
                tags: Vec<String> = query("tags", FORM.explode(false)),
                session: String = cookie("session"),
            },
        },

        /// Lists pets.
        GET "/pets"
        fn list() -> List = "pets.list" {
            answer: json PetPage,
            optional {
                limit: i64 = query("limit"),
                page: String = query("page_token"),
            },
            paging(Pet: token(&["next"]), into_query("page_token"), items(&["pets"])),
        },

        /// Searches pets.
        POST "/pets/search"
        fn search(
            body: Search = json,
        ) -> SearchPets = "pets.search" {
            answer: json PetPage,
            paging(Pet: token(&["next"]), into_body(&["pageToken"]), items(&["pets"])),
        },

        /// Removes a pet.
        DELETE "/pets/{id}"
        fn remove(
            id: i64,
        ) -> Remove = "pets.remove" {
        },

        /// Copies a pet.
        POST "/pets/{id}/copies"
        fn copy(
            id: i64,
        ) -> Copy = "pets.copy" {
            answer: json Pet = 201 | 203,
        },

        /// Returns the owner of a pet, if it has one.
        GET "/pets/{id}/owner"
        fn owner(
            id: i64,
        ) -> Owner = "pets.owner" {
            answer: optional Pet = 203 | 205,
        },

        /// Feeds a pet.
        POST "/pets/{id}/meals"
        fn feed(
            id: i64,
        ) -> Feed = "pets.feed" {
            answer: nothing = 202 | 210..=219,
        },

        /// Watches pets.
        GET "/pets/events"
        fn watch() -> Watch = "pets.watch" {
            answer: events Pet,
            with events_end("[DONE]"),
        },

        /// Counts by number.
        GET "/numbers"
        fn numbers() -> Numbers = "pets.numbers" {
            answer: json Counted,
            optional {
                page: i64 = query("page"),
                size: i64 = query("size"),
            },
            paging(i64: page_number(1), into_query("page"), items(&["items"]), sized_by_query("size"), total(&["total"])),
        },

        /// Lists names by URL.
        GET "/names"
        fn names() -> Names = "pets.names" {
            answer: json Vec<String>,
            paging(String: link("next"), items(&[])),
        },

        /// Lists pets by the last one.
        GET "/pets/all"
        fn all() -> All = "pets.all" {
            answer: json Vec<Pet>,
            paging(Pet: last_item(&["id"]), into_query("after"), items(&[])),
        },

        /// Sends a photo.
        PUT "/pets/{id}/photo"
        fn photo(
            id: i64,
            body: Upload = upload("image/png"),
        ) -> Photo = "pets.photo" {
            answer: bytes,
        },

        /// Describes a pet in parts.
        POST "/pets/{id}/description"
        fn describe(
            id: i64,
        ) -> Describe = "pets.describe" {
            answer: text,
            optional {
                title: String = part("title"),
                ages: Vec<i64> = part("ages"),
                file: Upload = file("file"),
            },
            with multipart("multipart/form-data"),
        },
    }
}

pub(crate) fn pets(mock: &Mock) -> Pets {
    let client: Client = mock.client();
    Pets(client)
}

pub(crate) fn pet(id: &str, name: &str) -> Pet {
    Pet::new(PetRequired {
        id: id.to_owned(),
        name: name.to_owned(),
    })
}
