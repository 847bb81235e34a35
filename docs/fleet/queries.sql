-- SPDX-License-Identifier: Apache-2.0
-- Questions to the lines of `logdiag --format summary`, for DuckDB.
CREATE OR REPLACE VIEW logs AS
SELECT * FROM read_json('summaries.ndjson', format = 'newline_delimited', columns = {
  id: 'VARCHAR', log: 'VARCHAR', outcome: 'VARCHAR', cause: 'VARCHAR', severity: 'VARCHAR',
  fingerprint: 'VARCHAR', title: 'VARCHAR', ended_at: 'TIMESTAMPTZ', failed_at: 'TIMESTAMPTZ',
  traits: 'MAP(VARCHAR, VARCHAR)', lost_seconds: 'BIGINT', partial: 'BOOLEAN'});

-- causes: what fails, and how much time does it cost?
SELECT cause, count(*) AS failures, round(sum(coalesce(lost_seconds, 0)) / 3600, 1) AS hours
FROM logs WHERE severity = 'error' GROUP BY cause ORDER BY failures DESC, cause;

-- hosts: which host has more failures than its share?
SELECT traits['host'] AS host, count(*) AS logs, count(*) FILTER (severity = 'error') AS failures,
  round(count(*) FILTER (severity = 'error') / count(*), 2) AS share
FROM logs GROUP BY host HAVING failures > 0 ORDER BY share DESC, host;

-- fresh: what began this week?
SELECT fingerprint, any_value(title) AS title, min(coalesce(failed_at, ended_at)) AS since, count(*) AS failures
FROM logs WHERE severity = 'error' GROUP BY fingerprint
HAVING since > (SELECT max(coalesce(failed_at, ended_at)) FROM logs WHERE severity = 'error') - INTERVAL 7 DAYS
ORDER BY since, fingerprint;

-- versions: did a version of ComfyUI change it?
SELECT traits['comfyui'] AS comfyui, count(*) AS logs, count(*) FILTER (severity = 'error') AS failures
FROM logs WHERE traits['comfyui'] IS NOT NULL GROUP BY comfyui ORDER BY comfyui;

-- to-read: which logs should somebody read?
SELECT log, outcome, title FROM logs
WHERE severity = 'error' AND (cause = 'unknown' OR cause IS NULL) ORDER BY log LIMIT 20;
