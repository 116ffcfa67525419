#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| isocenter_fuzz_bodies::run("dicom", data));
