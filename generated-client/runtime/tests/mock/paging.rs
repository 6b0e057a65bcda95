//! Pages as the operation declares them.

use specwright_runtime::mock::Mock;

use crate::api::{Counted, CountedRequired, List, Names, Numbers, Pet, Search, SearchPets, pet, pets};

fn some(count: usize) -> Vec<Pet> {
    (0..count).map(|index| pet(&format!("p{index}"), "Rex")).collect()
}

#[tokio::test]
async fn tokens_select_pages() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.expect(pets.list().limit(2)).pages(some(5), 2);
    assert_eq!(pets.list().limit(2).items().try_collect().await.unwrap(), some(5));
    let tokens: Vec<Option<String>> = mock
        .requests::<List>()
        .into_iter()
        .map(|request| request.page)
        .collect();
    assert_eq!(tokens, [None, Some("2".to_owned()), Some("4".to_owned())]);
    // A walk can go on from a token.
    let rest = pets
        .list()
        .limit(2)
        .items()
        .starting_at("4")
        .try_collect()
        .await
        .unwrap();
    assert_eq!(rest, some(5)[4..]);
}

#[tokio::test]
async fn no_items_are_one_page() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.any::<List>().pages(Vec::new(), 10);
    assert!(pets.list().items().try_collect().await.unwrap().is_empty());
    assert_eq!(mock.requests::<List>().len(), 1);
}

#[tokio::test]
async fn a_token_in_the_body_is_not_compared() {
    let mock = Mock::new();
    let pets = pets(&mock);
    let search = Search::default().name("Rex");
    mock.expect(pets.search(&search)).pages(some(3), 1);
    assert_eq!(pets.search(&search).items().try_collect().await.unwrap(), some(3));
    assert_eq!(mock.requests::<SearchPets>()[2].body.page_token.as_deref(), Some("2"));
}

#[tokio::test]
async fn numbers_and_sizes_select_pages() {
    let mock = Mock::new();
    let pets = pets(&mock);
    let page = Counted::new(CountedRequired {
        items: Vec::new(),
        total: 0,
        note: "all".to_owned(),
    });
    mock.any::<Numbers>().pages_in(page, 0..7, 3);
    let numbers: Vec<i64> = (0..7).collect();
    assert_eq!(pets.numbers().items().try_collect().await.unwrap(), numbers);
    assert_eq!(mock.requests::<Numbers>().len(), 3);
    assert_eq!(pets.numbers().size(5).items().try_collect().await.unwrap(), numbers);
    assert_eq!(mock.requests::<Numbers>().len(), 5);
    let second = pets.numbers().page(2).size(2).await.unwrap();
    assert_eq!(
        (second.items.as_slice(), second.total, second.note.as_str()),
        (&[2, 3][..], 7, "all")
    );
}

#[tokio::test]
async fn urls_and_last_items_select_pages() {
    let mock = Mock::new();
    let pets = pets(&mock);
    let names: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
    mock.expect(pets.names()).pages(names.clone(), 2);
    assert_eq!(pets.names().items().try_collect().await.unwrap(), names);
    assert_eq!(mock.requests::<Names>().len(), 2);
    mock.expect(pets.all()).pages(some(4), 2);
    assert_eq!(pets.all().items().try_collect().await.unwrap(), some(4));
}
