-- Names are compared in composed characters (NFC) and without blanks around them, so they are stored so (ADR 0030). Of
-- rows whose names become equal, the one that has the name already keeps it, else the oldest; the others get the end of
-- their id behind it, and a number when that is taken too: nothing is merged, since they are different users, agents or
-- sessions. No name becomes longer than 1000 bytes, the longest that the program accepts: it is cut before the end of
-- the id. One row at a time: each update names its user. Running it again changes nothing.
DO $$
DECLARE
    blanks CONSTANT text := E' \t\n\u000B\u000C\r\u001C\u001D\u001E\u001F\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004'
        || E'\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF';
    max_bytes CONSTANT int := 1000;
    kind text;
    found record;
    attempt int;
    ending text;
    new_name text;
    taken boolean;
BEGIN
    FOREACH kind IN ARRAY ARRAY['users', 'agents', 'sessions'] LOOP
        FOR found IN EXECUTE CASE kind
            WHEN 'users' THEN
                $q$SELECT user_id, user_id AS id, name, wanted,
                    row_number() OVER (PARTITION BY wanted ORDER BY name <> wanted, created_at, user_id) AS place
                FROM (SELECT *, btrim(normalize(name, NFC), $1) AS wanted FROM users) named WHERE wanted <> ''$q$
            WHEN 'agents' THEN
                $q$SELECT user_id, agent_id AS id, name, wanted,
                    row_number() OVER (PARTITION BY user_id, wanted
                        ORDER BY name <> wanted, created_at, agent_id) AS place
                FROM (SELECT *, btrim(normalize(name, NFC), $1) AS wanted FROM agents) named WHERE wanted <> ''$q$
            ELSE
                $q$SELECT user_id, session_id AS id, name, wanted,
                    row_number() OVER (PARTITION BY user_id, wanted
                        ORDER BY name <> wanted, created_at, session_id) AS place
                FROM (SELECT *, btrim(normalize(name, NFC), $1) AS wanted FROM sessions) named WHERE wanted <> ''$q$
        END USING blanks LOOP
            CONTINUE WHEN found.place = 1 AND found.name = found.wanted;
            attempt := CASE WHEN found.place = 1 AND octet_length(found.wanted) <= max_bytes THEN 0 ELSE 1 END;
            LOOP
                ending := CASE attempt WHEN 0 THEN '' WHEN 1 THEN ' (' || right(found.id::text, 12) || ')'
                    ELSE ' (' || right(found.id::text, 12) || '-' || attempt || ')' END;
                new_name := found.wanted;
                WHILE octet_length(new_name) + octet_length(ending) > max_bytes LOOP
                    new_name := left(new_name, -1);
                END LOOP;
                new_name := new_name || ending;
                taken := CASE kind
                    WHEN 'users' THEN
                        EXISTS (SELECT 1 FROM users WHERE name = new_name AND user_id <> found.id)
                    WHEN 'agents' THEN
                        EXISTS (SELECT 1 FROM agents
                            WHERE user_id = found.user_id AND name = new_name AND agent_id <> found.id)
                    ELSE
                        EXISTS (SELECT 1 FROM sessions
                            WHERE user_id = found.user_id AND name = new_name AND session_id <> found.id)
                END;
                EXIT WHEN NOT taken;
                attempt := attempt + 1;
            END LOOP;
            CASE kind
                WHEN 'users' THEN
                    UPDATE users SET name = new_name WHERE user_id = found.user_id;
                WHEN 'agents' THEN
                    UPDATE agents SET name = new_name WHERE user_id = found.user_id AND agent_id = found.id;
                ELSE
                    UPDATE sessions SET name = new_name WHERE user_id = found.user_id AND session_id = found.id;
            END CASE;
        END LOOP;
    END LOOP;
END $$;
