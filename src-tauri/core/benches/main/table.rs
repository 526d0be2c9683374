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

/// The median time of `runs` runs after one that warms up.
pub fn median<T>(
    runs: usize,
    mut work: impl FnMut() -> Result<T, Box<dyn Error>>,
) -> Result<Duration, Box<dyn Error>> {
    work()?;
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let start = Instant::now();
        std::hint::black_box(work()?);
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[runs / 2])
}

/// The time of one run.
pub fn once<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<(T, Duration), E> {
    let start = Instant::now();
    let value = work()?;
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
