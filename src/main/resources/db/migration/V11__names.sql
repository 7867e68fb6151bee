-- Names are compared in composed characters (NFC) and without blanks around them, so they are stored so (ADR 0030). Of
-- rows whose names become equal, the one that has the name already keeps it, else the oldest; the others get the end of
-- their id behind it: nothing is merged, since they are different users, agents or sessions. One row at a time: each
-- update names its user. Running it again changes nothing.
DO $$
DECLARE
    blanks CONSTANT text := E' \t\n\u000B\u000C\r\u001C\u001D\u001E\u001F\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004'
        || E'\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF';
    found record;
BEGIN
    FOR found IN
        SELECT user_id, wanted, row_number() OVER (PARTITION BY wanted ORDER BY name <> wanted, created_at, user_id) AS place
        FROM (SELECT user_id, name, created_at, btrim(normalize(name, NFC), blanks) AS wanted FROM users) named
        WHERE wanted <> ''
    LOOP
        UPDATE users SET name = CASE found.place WHEN 1 THEN found.wanted
            ELSE found.wanted || ' (' || right(found.user_id::text, 12) || ')' END
        WHERE user_id = found.user_id AND (found.place > 1 OR name <> found.wanted);
    END LOOP;
    FOR found IN
        SELECT user_id, agent_id AS id, wanted, row_number() OVER
            (PARTITION BY user_id, wanted ORDER BY name <> wanted, created_at, agent_id) AS place, name <> wanted AS differs
        FROM (SELECT user_id, agent_id, name, created_at, btrim(normalize(name, NFC), blanks) AS wanted FROM agents) named
        WHERE wanted <> ''
    LOOP
        IF found.differs THEN
            UPDATE agents SET name = CASE found.place WHEN 1 THEN found.wanted
                ELSE found.wanted || ' (' || right(found.id::text, 12) || ')' END
            WHERE user_id = found.user_id AND agent_id = found.id;
        END IF;
    END LOOP;
    FOR found IN
        SELECT user_id, session_id AS id, wanted, row_number() OVER
            (PARTITION BY user_id, wanted ORDER BY name <> wanted, created_at, session_id) AS place, name <> wanted AS differs
        FROM (SELECT user_id, session_id, name, created_at, btrim(normalize(name, NFC), blanks) AS wanted FROM sessions) named
        WHERE wanted <> ''
    LOOP
        IF found.differs THEN
            UPDATE sessions SET name = CASE found.place WHEN 1 THEN found.wanted
                ELSE found.wanted || ' (' || right(found.id::text, 12) || ')' END
            WHERE user_id = found.user_id AND session_id = found.id;
        END IF;
    END LOOP;
END $$;
