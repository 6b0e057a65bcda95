//! A bar chart as SVG, without a library: a row for each program and document.

use std::fmt::Write as _;

use super::Bar;

const ROW: usize = 22;
const LEFT: usize = 260;
const WIDTH: f64 = 480.0;

/// The wall time of each bar.
pub(super) fn svg(bars: &[Bar]) -> String {
    let longest = bars
        .iter()
        .map(|bar| bar.figures.wall.as_secs_f64())
        .fold(0.001, f64::max);
    let height = (bars.len() + 2) * ROW;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"820\" height=\"{height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"10\" y=\"16\" font-weight=\"bold\">Generation, seconds</text>\n"
    );
    for (index, bar) in bars.iter().enumerate() {
        let top = (index + 1) * ROW;
        let seconds = bar.figures.wall.as_secs_f64();
        let length = seconds / longest * WIDTH;
        let color = if bar.program == "specwright" {
            "#2b6cb0"
        } else {
            "#a0aec0"
        };
        let label = escaped(&format!("{}, {}", bar.document, bar.program));
        // Writing to a string cannot fail.
        let _ = writeln!(
            svg,
            "<text x=\"10\" y=\"{}\">{label}</text>\n<rect x=\"{LEFT}\" y=\"{top}\" width=\"{length:.1}\" height=\"16\" \
             fill=\"{color}\"/>\n<text x=\"{:.1}\" y=\"{}\">{seconds:.2}</text>",
            top + 13,
            260.0 + length + 6.0,
            top + 13
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// Names of files may hold anything.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
