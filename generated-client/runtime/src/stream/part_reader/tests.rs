#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use super::*;

/// A part as the tests compare it: its headers, and its data.
type Read = (Vec<(String, String)>, String);

/// What a reader finds in a body that comes in pieces, and whether the last delimiter was among them.
fn read_with(pieces: &[&[u8]], max_data: usize) -> Result<(Vec<Read>, bool), Broken> {
    let mut reader = PartReader::new("B", max_data);
    let mut parts = Vec::new();
    for piece in pieces {
        reader.push(piece);
        while let Some((headers, data)) = reader.next()? {
            let headers = headers.iter();
            let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
            parts.push((headers.collect(), String::from_utf8(data.to_vec()).unwrap()));
        }
    }
    Ok((parts, reader.is_over()))
}

/// The same in whatever two pieces the body comes, byte by byte, and at once.
fn read(body: &str) -> (Vec<Read>, bool) {
    let body = body.as_bytes();
    let whole = read_with(&[body], 1000);
    for at in 0..body.len() {
        let (start, end) = body.split_at(at);
        assert_eq!(read_with(&[start, end], 1000), whole, "split at {at}");
    }
    let bytes: Vec<&[u8]> = body.chunks(1).collect();
    assert_eq!(read_with(&bytes, 1000), whole, "byte by byte");
    whole.unwrap()
}

fn part(data: &str) -> Read {
    (Vec::new(), data.to_owned())
}

#[test]
fn parts_have_headers_and_data() {
    let body = "--B\r\nContent-Type: text/plain\r\nX-Long: a\r\n\tb\r\n\r\none\r\ntwo\r\n--B\r\n\r\n{}\r\n--B--\r\n";
    let headers = [("content-type", "text/plain"), ("x-long", "a b")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(
        read(body),
        (vec![(headers.to_vec(), "one\r\ntwo".to_owned()), part("{}")], true)
    );
}

#[test]
fn preamble_and_epilogue_are_no_parts() {
    let body = "This is\r\na preamble --B\r\n--B \t\r\n\r\na\r\n--B--\r\n--B\r\n\r\nepilogue\r\n--B--";
    assert_eq!(read(body), (vec![part("a")], true));
    assert_eq!(read("--B--"), (vec![], true));
}

#[test]
fn empty_parts_are_parts() {
    // With both line breaks, with one for both, without an empty line, and without anything.
    let body = "--B\r\n\r\n\r\n--B\r\n\r\n--B\r\nA: 1\r\n--B\r\n--B\r\nA: 2\r\n\r\n--B\r\nA: 3\r\n\r\n\r\n--B--";
    let with = |value: &str| (vec![("a".to_owned(), value.to_owned())], String::new());
    let expected = vec![part(""), part(""), with("1"), part(""), with("2"), with("3")];
    assert_eq!(read(body), (expected, true));
}

#[test]
fn lines_that_begin_like_a_delimiter_are_data() {
    for data in [
        "--B",
        "a--B",
        "\r\n--C",
        "\r\n--BB",
        "\r\n--B-",
        "\r\n--B -",
        "\r\n-B",
        "\n--B\n",
        "\r\r\n--",
        "\r\n--B\r",
        "\r\n\r\n--Bx",
    ] {
        // Data that begin with the boundary are data only behind something else.
        let data = format!("x{data}");
        let body = format!("--B\r\n\r\n{data}y\r\n--B--");
        assert_eq!(read(&body), (vec![part(&format!("{data}y"))], true), "{data:?}");
    }
    assert_eq!(read("--B\r\n\r\na\r\n\r\n--B--"), (vec![part("a\r\n")], true));
}

#[test]
fn a_body_without_its_end_is_not_over() {
    let whole = "--B\r\n\r\na\r\n--B\r\n\r\nb\r\n--B--";
    for length in 0..whole.len() {
        let (parts, is_over) = read(&whole[..length]);
        assert!(!is_over, "{length}");
        assert!(parts.len() < 2, "{length}");
    }
    assert!(read(whole).1);
}

/// All bodies of five words, of which some are delimiters and some nearly are.
#[test]
fn pieces_make_no_difference() {
    const WORDS: [&str; 7] = ["\r\n", "\r", "--B", "--", " ", "A:", "B"];
    let mut with_parts = 0;
    for number in 0..WORDS.len().pow(5) {
        let words = std::iter::successors(Some(number), |rest| Some(rest / WORDS.len()));
        let body: String = words.take(5).map(|rest| WORDS[rest % WORDS.len()]).collect();
        let body = format!("--B\r\n{body}\r\n--B--");
        let bytes: Vec<&[u8]> = body.as_bytes().chunks(1).collect();
        let whole = read_with(&[body.as_bytes()], 1000);
        assert_eq!(read_with(&bytes, 1000), whole, "{body:?}");
        with_parts += usize::from(whole.is_ok_and(|(parts, is_over)| is_over && !parts.is_empty()));
    }
    assert!(with_parts > 1000, "{with_parts}");
}

/// R25
#[test]
fn headers_and_data_are_bounded() {
    let too_large = |pieces: &[&[u8]]| matches!(read_with(pieces, 10), Err(Broken::TooLarge(_)));
    let header = format!("--B\r\nA: {}", "a".repeat(MAX_HEADERS));
    assert!(too_large(&[header.as_bytes()]));
    assert!(too_large(&[format!("{header}\r\n\r\n\r\n--B--").as_bytes()]));
    let in_pieces: Vec<&[u8]> = header.as_bytes().chunks(100).collect();
    assert!(too_large(&in_pieces));

    let of_length = |length: usize| format!("--B\r\n\r\n{}\r\n--B--", "a".repeat(length));
    assert!(read_with(&[of_length(10).as_bytes()], 10).unwrap().1);
    assert!(too_large(&[of_length(11).as_bytes()]));
    let endless = "--B\r\n\r\n".to_owned() + &"a".repeat(20);
    assert!(too_large(&[endless.as_bytes()]));
}

/// R25
#[test]
fn a_preamble_is_not_held() {
    let mut reader = PartReader::new("B", 10);
    for _ in 0..100 {
        reader.push(&[b'a'; 100]);
        assert_eq!(reader.next(), Ok(None));
        assert!(reader.held.len() < 10);
    }
    // White space behind a boundary could be followed by the end of the line.
    reader.push(b"\r\n--B");
    for _ in 0..100 {
        reader.push(&[b' '; 100]);
        assert_eq!(reader.next(), Ok(None));
        assert!(reader.held.len() <= MAX_PADDING + 10);
    }
}

#[test]
fn a_line_that_is_not_a_header_ends_the_body() {
    for line in ["no colon", ": no name", "a b: c", "a: \u{1}"] {
        let body = format!("--B\r\n{line}\r\n\r\nx\r\n--B--");
        let broken = read_with(&[body.as_bytes()], 10).unwrap_err();
        assert!(matches!(broken, Broken::Malformed(_)), "{line}");
    }
}
