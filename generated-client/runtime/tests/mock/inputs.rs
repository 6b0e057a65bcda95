//! Requests are read by the tables that write them.

use specwright_runtime::{Upload, mock::Mock};

use crate::api::{Describe, Photo, pets};

#[tokio::test]
async fn bodies_of_bytes_and_parts_are_read() {
    let mock = Mock::new();
    let pets = pets(&mock);
    let png = Upload::from(vec![0x89, 0x50]).content_type("image/png");
    mock.expect(pets.photo(7, png.clone())).answers("done".into());
    assert_eq!(&pets.photo(7, png).await.unwrap()[..], b"done");
    let photo = &mock.requests::<Photo>()[0];
    assert_eq!((photo.id, photo.body.data()), (7, Some(&[0x89, 0x50][..])));

    let file = Upload::from("a\r\n--b").file_name("a.txt");
    let call = || pets.describe(7).title("é").ages([1, 22]).file(file.clone());
    mock.expect(call()).answers("ok".to_owned());
    assert_eq!(*call().await.unwrap(), "ok");
    let request = &mock.requests::<Describe>()[0];
    assert_eq!(
        (request.title.as_deref(), request.ages.as_deref()),
        (Some("é"), Some(&[1, 22][..]))
    );
    assert_eq!(request.file.as_ref().unwrap().data(), Some(&b"a\r\n--b"[..]));
}
