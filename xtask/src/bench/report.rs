//! The forms that the exposure report is handed over in, beside its CSV.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use super::{
    figures::{Figure, median, table},
    program,
    sandbox::Sandbox,
};
use crate::{
    browser, workbook,
    workspace::{self, Result},
};

/// An organisation with so many accesses at least.
const ROWS: u64 = 150_000;
const USERS: u32 = 20_000;
const RESOURCES: u32 = 100_000;
/// How often each form is written, in turn with the others.
const ROUNDS: usize = 3;

/// Beyond the time that the same report takes as CSV.
const HTML_TIME: Duration = Duration::from_secs(5);
const XLSX_TIME: Duration = Duration::from_secs(10);
/// Beyond the memory that the same report takes as CSV.
const HTML_MEMORY: u64 = 150_000_000;
const HTML_FILE: u64 = 15_000_000;
/// Of a report that asks about each of so many people.
const PEOPLE: u32 = 100_000;
const PEOPLE_MEMORY: u64 = 120_000_000;
const FIRST_FILTER: Duration = Duration::from_secs(3);

/// What one form took.
struct Taken {
    ending: &'static str,
    file: PathBuf,
    walls: Vec<Duration>,
    peak: u64,
}

/// Measures, prints a Markdown table, and fails where a bound does not hold.
pub(super) fn run() -> Result {
    let directory = workspace::metadata()?.target_directory.into_std_path_buf().join("bench").join("report");
    fs::create_dir_all(&directory)?;
    let program = program::build()?;
    let options = ["--users", &USERS.to_string(), "--resources", &RESOURCES.to_string()].map(str::to_owned);
    let sandbox = Sandbox::start(&program, &options)?;
    let mut forms = ["csv", "html", "xlsx"].map(|ending| Taken {
        ending,
        file: directory.join(format!("exposure.{ending}")),
        walls: Vec::new(),
        peak: 0,
    });
    for round in 1..=ROUNDS {
        for form in &mut forms {
            eprintln!("round {round} of {ROUNDS}: {} …", form.ending);
            form.write(&program, &sandbox, &directory)?;
        }
    }
    drop(sandbox);
    let mut figures = figures(&forms, &directory)?;
    figures.extend(of_many_people(&program, &directory)?);
    print!("{}", table(&figures));
    match figures.iter().all(Figure::holds) {
        true => Ok(()),
        false => Err("a bound does not hold".into()),
    }
}

impl Taken {
    fn write(&mut self, program: &Path, sandbox: &Sandbox, directory: &Path) -> Result {
        let mut command = Command::new(program);
        command.args(["exposure", "--quiet", "--concurrency", "32", "--output"]).arg(&self.file);
        program::environment(&mut command, &sandbox.access, directory);
        let start = Instant::now();
        let (status, peak) = program::watch(command.spawn()?)?;
        if !status.success() {
            return Err(format!("{}: {status}", workspace::describe(&command)).into());
        }
        self.walls.push(start.elapsed());
        self.peak = self.peak.max(peak.unwrap_or_default());
        Ok(())
    }

    fn wall(&self) -> Duration {
        median(self.walls.clone())
    }
}

fn figures([csv, html, xlsx]: &[Taken; 3], directory: &Path) -> Result<Vec<Figure>> {
    let lines = fs::read_to_string(&csv.file)?.lines().count() as u64;
    let rows = lines.saturating_sub(1);
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let mega = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    let (csv_wall, size) = (csv.wall(), fs::metadata(&html.file)?.len());
    let mut figures = vec![
        Figure::bound("accesses in the report", rows.to_string(), format!("at least {ROWS}"), rows >= ROWS),
        Figure::told("CSV", format!("{}, {}", seconds(csv_wall), mega(csv.peak))),
    ];
    for (form, most) in [(html, HTML_TIME), (xlsx, XLSX_TIME)] {
        let (wall, more) = (form.wall(), form.wall().saturating_sub(csv_wall));
        let measured = format!("{} in all, {} more than CSV", seconds(wall), seconds(more));
        let bound = format!("at most {} more", seconds(most));
        figures.push(Figure::bound(format!("{}: time", form.ending), measured, bound, more <= most));
    }
    let more = html.peak.saturating_sub(csv.peak);
    figures.extend([
        Figure::bound(
            "html: memory",
            format!("{} in all, {} more than CSV", mega(html.peak), mega(more)),
            format!("at most {} more", mega(HTML_MEMORY)),
            more <= HTML_MEMORY,
        ),
        Figure::told("xlsx: memory", mega(xlsx.peak)),
        Figure::bound("html: file", mega(size), format!("at most {}", mega(HTML_FILE)), size <= HTML_FILE),
        Figure::told("xlsx: file", mega(fs::metadata(&xlsx.file)?.len())),
    ]);
    let seen = workbook::open(&workbook::python(directory)?, &xlsx.file)?;
    figures.push(Figure::bound(
        "xlsx in openpyxl",
        format!("{} rows, {} times, {} formulas", seen.rows, seen.times, seen.formulas),
        format!("{rows} rows, no formula"),
        seen.rows == rows && seen.formulas == 0 && seen.times > 0 && !seen.columns.is_empty(),
    ));
    figures.push(match first_filter(&html.file)? {
        Some(took) => Figure::bound(
            "html in Chromium: the first filter is typed",
            seconds(took),
            format!("less than {}", seconds(FIRST_FILTER)),
            took < FIRST_FILTER,
        ),
        None => Figure::told("html in Chromium", "not measured: no Chromium, node or npm"),
    });
    Ok(figures)
}

/// What reports of many people take, each of whom is asked about.
fn of_many_people(program: &Path, directory: &Path) -> Result<Vec<Figure>> {
    let options = ["--users", &PEOPLE.to_string(), "--resources", "10"].map(str::to_owned);
    let sandbox = Sandbox::start(program, &options)?;
    let mut figures = Vec::new();
    for name in ["two-factor", "inactive", "sessions"] {
        eprintln!("report {name} of {PEOPLE} people …");
        let mut command = Command::new(program);
        let file = directory.join(format!("{name}.csv"));
        command.args(["report", name, "--quiet", "--output"]).arg(&file);
        program::environment(&mut command, &sandbox.access, directory);
        let start = Instant::now();
        let (status, peak) = program::watch(command.spawn()?)?;
        if !status.success() {
            return Err(format!("{}: {status}", workspace::describe(&command)).into());
        }
        let (seconds, peak) = (start.elapsed().as_secs_f64(), peak.unwrap_or_default());
        figures.push(Figure::bound(
            format!("report {name}, {PEOPLE} people"),
            format!("{seconds:.1} s, {:.1} MB", peak as f64 / 1e6),
            format!("at most {} MB", PEOPLE_MEMORY / 1_000_000),
            peak <= PEOPLE_MEMORY,
        ));
    }
    Ok(figures)
}

/// How long it takes in a browser until what is typed first is counted; nothing where there is none.
fn first_filter(page: &Path) -> Result<Option<Duration>> {
    let folder = workspace::root().join(browser::FOLDER);
    let Some(chromium) = browser::browser() else { return Ok(None) };
    let mut install = Command::new("npm");
    install.current_dir(&folder).args(["ci", "--no-audit", "--no-fund", "--silent"]);
    if !install.status().is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let mut node = Command::new("node");
        node.current_dir(&folder).arg("first-filter.mjs").env("CHROMIUM", &chromium).env("PAGE", page);
        times.push(Duration::from_millis(workspace::output(&mut node)?.trim().parse()?));
    }
    Ok(Some(median(times)))
}
