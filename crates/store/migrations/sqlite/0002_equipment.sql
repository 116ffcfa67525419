-- A device as DICOM files name it: the equipment, days and counts, and nothing of a patient or of a file.
create table equipment (
    document blob not null primary key references document (digest),
    release blob not null references release (id),
    data text not null
) strict;
