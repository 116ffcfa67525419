//! HTTP with patience: bounded attempts, the server's own word on when to come again, no trust in its lengths.

use std::io::Read;
use std::time::Duration;

use ureq::http::{Response, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};

use crate::error::{FeedError, Refusal};

/// How feeds are fetched.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// A mirror: `https://host/path` is fetched from `MIRROR/host/path`.
    pub mirror: Option<String>,
    /// A proxy; the environment's (`https_proxy`, `no_proxy`) where none is given.
    pub proxy: Option<String>,
    /// The key for NVD's API, which allows ten times as many requests.
    pub nvd_key: Option<String>,
}

/// Who watches and waits: the clock and the terminal belong to the edge.
pub trait Observer {
    /// So many bytes of so many of a file have come.
    fn bytes(&mut self, address: &str, done: u64, total: Option<u64>);

    /// Wait for so long, and why.
    fn wait(&mut self, time: Duration, why: &str);
}

/// Asks publishers for files.
pub struct Client<'o> {
    agent: Agent,
    mirror: Option<String>,
    pub(crate) nvd_key: Option<String>,
    pub(crate) observer: &'o mut dyn Observer,
}

/// A request is made so often before a publisher counts as out of reach.
pub(crate) const ATTEMPTS: u32 = 5;
/// A server that wants more patience than this is asked on another day.
const MOST_PATIENCE: Duration = Duration::from_mins(5);
/// A connection on which nothing comes for so long is dead.
const SILENCE: Duration = Duration::from_mins(1);

/// Why to ask again, and how long the server wants to be left alone.
pub(crate) type Later = (Refusal, Option<Duration>);

/// A header of a request.
pub(crate) type Header<'a> = (&'static str, &'a str);

impl<'o> Client<'o> {
    /// A client with some settings.
    pub fn new(settings: &Settings, observer: &'o mut dyn Observer) -> Result<Self, FeedError> {
        let proxy = match &settings.proxy {
            Some(proxy) => Some(Proxy::new(proxy).map_err(|_| FeedError::Address(proxy.clone()))?),
            None => Proxy::try_from_env(),
        };
        if let Some(mirror) = &settings.mirror
            && !(mirror.starts_with("https://") || mirror.starts_with("http://"))
        {
            return Err(FeedError::Address(mirror.clone()));
        }
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(proxy)
            // The system's own certificates: a hospital's proxy has its own authority.
            .tls_config(
                TlsConfig::builder()
                    .root_certs(RootCerts::PlatformVerifier)
                    .build(),
            )
            .user_agent(concat!("isocenter/", env!("CARGO_PKG_VERSION")))
            .max_redirects(10)
            .timeout_connect(Some(Duration::from_secs(30)))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .build()
            .new_agent();
        Ok(Self {
            agent,
            mirror: settings
                .mirror
                .as_ref()
                .map(|mirror| mirror.trim_end_matches('/').to_owned()),
            nvd_key: settings.nvd_key.clone(),
            observer,
        })
    }

    /// Where an address is fetched from.
    fn place(&self, address: &str) -> Result<String, FeedError> {
        let (scheme, rest) = address
            .split_once("://")
            .filter(|(scheme, rest)| matches!(*scheme, "https" | "http") && !rest.is_empty())
            .ok_or_else(|| FeedError::Address(address.to_owned()))?;
        Ok(match &self.mirror {
            Some(mirror) => format!("{mirror}/{rest}"),
            None => format!("{scheme}://{rest}"),
        })
    }

    /// One request; a busy server and a broken connection are a [`Refusal`] that may be tried again.
    pub(crate) fn ask(
        &mut self,
        address: &str,
        headers: &[Header<'_>],
    ) -> Result<Result<Response<Body>, Later>, FeedError> {
        let place = self.place(address)?;
        let mut request = self.agent.get(&place);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = match request.call() {
            Ok(response) => response,
            Err(ureq::Error::BadUri(_) | ureq::Error::InvalidProxyUrl) => {
                return Err(FeedError::Address(place));
            }
            Err(error) => return Ok(Err((Refusal::Connection(error.to_string()), None))),
        };
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
            let patience = text(&response, "retry-after")
                .and_then(|seconds| seconds.trim().parse().ok())
                .map(Duration::from_secs);
            return Ok(Err((Refusal::Busy(status.as_u16()), patience)));
        }
        Ok(Ok(response))
    }

    /// Waits before the next attempt: as long as the server asks, else twice as long as before. `None` when
    /// there is no next attempt.
    pub(crate) fn patience(
        &mut self,
        attempt: u32,
        refusal: &Refusal,
        asked: Option<Duration>,
    ) -> Option<()> {
        if attempt + 1 >= ATTEMPTS {
            return None;
        }
        let time = asked.unwrap_or_else(|| Duration::from_secs(1 << attempt.min(6)));
        if time > MOST_PATIENCE {
            return None;
        }
        self.observer.wait(time, &refusal.to_string());
        Some(())
    }

    /// A short file, in memory.
    pub(crate) fn fetch(
        &mut self,
        address: &str,
        headers: &[Header<'_>],
        most: u64,
    ) -> Result<Vec<u8>, FeedError> {
        for attempt in 0..ATTEMPTS {
            let refusal = match self.ask(address, headers)? {
                Ok(response) if response.status() == StatusCode::OK => match body(response, most) {
                    Ok(bytes) => return Ok(bytes),
                    Err(refusal @ Refusal::TooLarge { .. }) => {
                        return Err(FeedError::Unusable {
                            address: address.to_owned(),
                            source: refusal,
                        });
                    }
                    Err(refusal) => (refusal, None),
                },
                Ok(response) => return Err(status(address, &response)),
                Err(refusal) => refusal,
            };
            if self.patience(attempt, &refusal.0, refusal.1).is_none() {
                return Err(unreachable(address, attempt + 1, refusal.0));
            }
        }
        Err(unreachable(
            address,
            ATTEMPTS,
            Refusal::Connection("no attempt is left".to_owned()),
        ))
    }
}

/// The whole body, if it is no longer than `most` and as long as announced.
fn body(response: Response<Body>, most: u64) -> Result<Vec<u8>, Refusal> {
    let packed = text(&response, "content-encoding").is_some();
    let announced = announced(&response).filter(|_| !packed);
    let mut bytes = Vec::new();
    let mut reader = response
        .into_body()
        .into_with_config()
        .limit(u64::MAX)
        .reader()
        .take(most + 1);
    reader
        .read_to_end(&mut bytes)
        .map_err(|error| Refusal::Connection(error.to_string()))?;
    let received = bytes.len() as u64;
    if received > most {
        return Err(Refusal::TooLarge { most });
    }
    match announced {
        Some(announced) if announced != received => Err(Refusal::Length {
            announced,
            received,
        }),
        _ => Ok(bytes),
    }
}

/// A header of a response.
pub(crate) fn text<'r>(response: &'r Response<Body>, name: &str) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}

/// The length that the server announces.
pub(crate) fn announced(response: &Response<Body>) -> Option<u64> {
    text(response, "content-length")?.trim().parse().ok()
}

pub(crate) fn status(address: &str, response: &Response<Body>) -> FeedError {
    FeedError::Status {
        address: address.to_owned(),
        status: response.status().as_u16(),
    }
}

pub(crate) fn unreachable(address: &str, attempts: u32, refusal: Refusal) -> FeedError {
    FeedError::Unreachable {
        address: address.to_owned(),
        attempts,
        source: Box::new(refusal),
    }
}
