//! Medians and the table they stand in.

use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};

/// One line of the table, a cell a size.
struct Line {
    name: &'static str,
    aim: &'static str,
    cells: Vec<Option<(f64, f64)>>,
}

/// Everything measured.
pub struct Table {
    sizes: Vec<&'static str>,
    lines: Vec<Line>,
}

impl Table {
    pub fn new(sizes: Vec<&'static str>) -> Self {
        Self { sizes, lines: Vec::new() }
    }

    /// Puts a pair of times (ours, bare) into the table.
    pub fn put(
        &mut self,
        column: usize,
        name: &'static str,
        aim: &'static str,
        ours: Duration,
        bare: Duration,
    ) {
        let width = self.sizes.len();
        let line = match self.lines.iter().position(|line| line.name == name) {
            Some(at) => &mut self.lines[at],
            None => {
                self.lines.push(Line { name, aim, cells: vec![None; width] });
                let last = self.lines.len() - 1;
                &mut self.lines[last]
            }
        };
        line.cells[column] = Some((ours.as_secs_f64() * 1000.0, bare.as_secs_f64() * 1000.0));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<34} {:<10}", "ms here / ms bare = ratio", "aim")?;
        for size in &self.sizes {
            write!(f, " {size:>32}")?;
        }
        writeln!(f)?;
        for line in &self.lines {
            write!(f, "{:<34} {:<10}", line.name, line.aim)?;
            for cell in &line.cells {
                match cell {
                    Some((ours, bare)) => {
                        write!(f, " {:>32}", format!("{ours:.2} / {bare:.2} = {:.2}", ours / bare))?
                    }
                    None => write!(f, " {:>32}", "—")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// The median times of two ways to do the same, each time one after the other so that a busy machine slows both, after
/// a run that warms up. `before` is not measured.
pub fn medians<A, B>(
    runs: usize,
    mut before: impl FnMut() -> Result<(), Box<dyn Error>>,
    mut one: impl FnMut() -> Result<A, Box<dyn Error>>,
    mut other: impl FnMut() -> Result<B, Box<dyn Error>>,
) -> Result<(Duration, Duration), Box<dyn Error>> {
    one()?;
    other()?;
    let (mut ones, mut others) = (Vec::with_capacity(runs), Vec::with_capacity(runs));
    for _ in 0..runs {
        before()?;
        ones.push(once(&mut one)?.1);
        others.push(once(&mut other)?.1);
    }
    ones.sort_unstable();
    others.sort_unstable();
    Ok((ones[runs / 2], others[runs / 2]))
}

/// The time of one run.
pub fn once<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<(T, Duration), E> {
    let start = Instant::now();
    let value = std::hint::black_box(work()?);
    Ok((value, start.elapsed()))
}

/// The most memory this process had, in MB, where the system tells.
pub fn peak_memory() -> String {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            status
                .lines()
                .find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse::<u64>().ok())
        })
        .map_or_else(|| "?".to_owned(), |kb| (kb / 1024).to_string())
}
