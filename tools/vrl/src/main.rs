//! Runs VRL programs as Vector's `remap` transform does. In, as JSON on stdin: steps, each the texts of programs that
//! run one after the other, and events. Out, as JSON: what the compiler refuses, or what becomes of each event.
use std::collections::BTreeMap;
use std::io::Read;

use serde_json::{Value as Json, json};
use vrl::compiler::runtime::{Runtime, Terminate};
use vrl::compiler::{Program, TargetValue, TimeZone, compile};
use vrl::diagnostic::Formatter;
use vrl::value::{Secrets, Value};

fn main() {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("stdin is text");
    let jobs: Vec<Json> = serde_json::from_str(&input).expect("stdin is a list in JSON");
    let verdicts: Vec<Json> = jobs.iter().map(judge).collect();
    println!("{}", Json::from(verdicts));
}

fn judge(job: &Json) -> Json {
    let mut programs = Vec::new();
    for text in job["programs"].as_array().into_iter().flatten() {
        let source = text.as_str().unwrap_or_default();
        match compile(source, &vrl::stdlib::all()) {
            Ok(done) if done.warnings.is_empty() => programs.push(done.program),
            Ok(done) => return refused(source, done.warnings),
            Err(diagnostics) => return refused(source, diagnostics),
        }
    }
    let events = job["events"].as_array().into_iter().flatten();
    json!({ "events": events.map(|event| run(&programs, event)).collect::<Vec<_>>() })
}

/// A warning counts: Vector would print it at every start.
fn refused(source: &str, diagnostics: impl Into<vrl::diagnostic::DiagnosticList>) -> Json {
    json!({ "refused": Formatter::new(source, diagnostics.into()).to_string() })
}

fn run(programs: &[Program], event: &Json) -> Json {
    let mut target = TargetValue {
        value: Value::from(event.clone()),
        metadata: Value::Object(BTreeMap::new()),
        secrets: Secrets::default(),
    };
    // Kubernetes gives the time of a line as a timestamp, which JSON has no type for.
    let text = event["timestamp"].as_str().and_then(|text| text.parse().ok());
    if let (Some(time), Value::Object(fields)) = (text, &mut target.value) {
        fields.insert("timestamp".into(), Value::Timestamp(time));
    }
    for program in programs {
        match Runtime::default().resolve(&mut target, program, &TimeZone::default()) {
            Ok(_) => {}
            Err(Terminate::Abort(_)) => return json!({ "dropped": true }),
            Err(Terminate::Error(error)) => return json!({ "failed": error.to_string() }),
        }
    }
    json!({ "event": into_json(target.value) })
}

fn into_json(value: Value) -> Json {
    value.try_into().expect("an event is JSON")
}
