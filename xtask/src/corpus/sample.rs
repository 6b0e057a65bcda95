//! A sample that depends on the seed and the members alone.

/// Takes `number` of `all`, in the order of a hash of seed and text: one more document changes one place of a sample.
pub(crate) fn sample<'a>(all: &[&'a str], number: usize, seed: u64) -> Vec<&'a str> {
    let mut order: Vec<&str> = all.to_vec();
    order.sort_by_key(|text| (hash(seed, text), *text));
    order.truncate(number);
    order
}

/// FNV-1a, and the last step of `splitmix64`: the hashers of the standard library may change between versions of Rust.
fn hash(seed: u64, text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn a_seed_gives_one_sample() {
        let all = ["a", "b", "c", "d", "e", "f", "g", "h"];
        assert_eq!(sample(&all, 3, 1), sample(&all, 3, 1));
        assert_eq!(sample(&all, 9, 1).len(), 8);
        let mut turned = all;
        turned.reverse();
        assert_eq!(sample(&all, 3, 1), sample(&turned, 3, 1));
        assert!((2..20).any(|seed| sample(&all, 3, seed) != sample(&all, 3, 1)));
    }
}
