//! A small HTTP/1.1 server on the loopback interface, with the faults of real ones.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// One answer.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// The file, whole, with its entity tag; 304 and 206 where the request asks for them.
    File(Vec<u8>, &'static str),
    /// The file without tag or date: no conditional request is possible.
    Plain(Vec<u8>),
    /// The file, but the connection breaks off after so many bytes.
    Drop(Vec<u8>, &'static str, usize),
    /// The file, with another length announced than it has.
    Lie(Vec<u8>, usize),
    /// A status without a body, with `Retry-After`.
    Status(u16, Option<u32>),
    /// Nothing: the connection is closed.
    Hang,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: HashMap<String, String>,
}

#[derive(Debug, Default)]
struct Shared {
    /// What each path answers, in turn; the last answer stays.
    replies: HashMap<String, VecDeque<Reply>>,
    requests: Vec<Request>,
}

pub(crate) struct Server {
    port: u16,
    shared: Arc<Mutex<Shared>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Mutex::new(Shared::default()));
        let served = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let served = Arc::clone(&served);
                thread::spawn(move || serve(stream, &served));
            }
        });
        Self { port, shared }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Sets what a path answers: the host comes first, as behind a mirror.
    pub(crate) fn on(&self, path: &str, replies: impl IntoIterator<Item = Reply>) {
        self.shared
            .lock()
            .unwrap()
            .replies
            .insert(format!("/{path}"), replies.into_iter().collect());
    }

    /// The requests since the last call, and forgets them.
    pub(crate) fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.shared.lock().unwrap().requests)
    }
}

fn serve(stream: TcpStream, shared: &Mutex<Shared>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    let mut line = String::new();
    if reader.read_line(&mut line).unwrap_or(0) == 0 {
        return;
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    let reply = {
        let mut shared = shared.lock().unwrap();
        shared.requests.push(Request {
            path: path.clone(),
            headers: headers.clone(),
        });
        match shared.replies.get_mut(&path) {
            Some(replies) if replies.len() > 1 => replies.pop_front(),
            Some(replies) => replies.front().cloned(),
            None => None,
        }
    };
    let reply = reply.unwrap_or(Reply::Status(404, None));
    drop(answer(&mut stream, &headers, &reply));
    drop(stream.shutdown(Shutdown::Both));
}

fn answer(
    stream: &mut TcpStream,
    headers: &HashMap<String, String>,
    reply: &Reply,
) -> std::io::Result<()> {
    match reply {
        Reply::Hang => Ok(()),
        Reply::Status(status, after) => {
            let after = after.map_or(String::new(), |seconds| {
                format!("Retry-After: {seconds}\r\n")
            });
            write!(
                stream,
                "HTTP/1.1 {status} Status\r\n{after}Content-Length: 0\r\nConnection: close\r\n\r\n"
            )
        }
        Reply::Plain(bytes) => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                bytes.len()
            )?;
            stream.write_all(bytes)
        }
        Reply::Lie(bytes, length) => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            )?;
            stream.write_all(bytes)
        }
        Reply::File(bytes, etag) => file(stream, headers, bytes, etag, bytes.len()),
        Reply::Drop(bytes, etag, after) => file(stream, headers, bytes, etag, *after),
    }
}

fn file(
    stream: &mut TcpStream,
    headers: &HashMap<String, String>,
    bytes: &[u8],
    etag: &str,
    most: usize,
) -> std::io::Result<()> {
    if headers.get("if-none-match").is_some_and(|tag| tag == etag) {
        return write!(
            stream,
            "HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\nConnection: close\r\n\r\n"
        );
    }
    let start = headers
        .get("range")
        .filter(|_| headers.get("if-range").is_some_and(|tag| tag == etag))
        .and_then(|range| {
            range
                .strip_prefix("bytes=")?
                .strip_suffix('-')?
                .parse::<usize>()
                .ok()
        });
    let part = &bytes[start.unwrap_or(0).min(bytes.len())..];
    let (status, range) = match start {
        Some(start) => (
            "206 Partial Content",
            format!(
                "Content-Range: bytes {start}-{}/{}\r\n",
                bytes.len() - 1,
                bytes.len()
            ),
        ),
        None => ("200 OK", String::new()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nETag: {etag}\r\n{range}Content-Length: {}\r\nConnection: close\r\n\r\n",
        part.len()
    )?;
    stream.write_all(&part[..most.min(part.len())])
}
