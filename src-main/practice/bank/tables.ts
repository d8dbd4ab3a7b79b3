/** Money in whole cents, times epoch ms, rates as ratios a year. */
export const TABLES = `
create table if not exists customer (
  customerId text primary key, name text not null, language text not null, phone text not null, segment text not null,
  home text not null, salaryCents integer not null, salaryDay integer not null, openedAt integer not null,
  livedUntil integer not null) strict;
create table if not exists account (
  customerId text not null, tail text not null, kind text not null, name text not null, currency text not null,
  bookedCents integer not null, rate real not null, maturesAt integer, primary key (customerId, tail)) strict, without rowid;
create table if not exists movement (
  movementId integer primary key, customerId text not null, tail text not null, at integer not null, cents integer not null,
  what text not null, kind text not null, newPayee integer not null) strict;
create index if not exists movementOf on movement (customerId, at);
create table if not exists card (
  customerId text not null, tail text not null, kind text not null, name text not null, state text not null, blockedBecause text,
  limitCents integer not null, primary key (customerId, tail)) strict, without rowid;
create table if not exists loan (
  customerId text not null, tail text not null, name text not null, state text not null, currency text not null, leftCents integer not null,
  instalmentCents integer not null, dueDay integer not null, rate real not null, askedAt integer not null,
  primary key (customerId, tail)) strict, without rowid;
create table if not exists policy (
  customerId text not null, tail text not null, name text not null, state text not null, currency text not null,
  premiumCents integer not null, renewsAt integer not null, claim text, primary key (customerId, tail)) strict, without rowid;
create table if not exists holding (
  customerId text not null, tail text not null, name text not null, currency text not null, valueCents integer not null,
  riskGrade text not null, primary key (customerId, tail)) strict, without rowid;
create table if not exists login (
  customerId text not null, at integer not null, device text not null, knownDevice integer not null, country text not null) strict;
create index if not exists loginOf on login (customerId, at);
create table if not exists code (
  customerId text primary key, digest text not null, expiresAt integer not null, tries integer not null) strict;
create table if not exists appointment (slotId text primary key, customerId text not null, at integer not null, topic text not null) strict;
create table if not exists done (requestId text primary key, at integer not null, answer text not null) strict;
`
