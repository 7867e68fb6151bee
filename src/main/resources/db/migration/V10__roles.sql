-- Results of tools and instructions of developers are messages like others. Not validated: every stored row satisfies the
-- narrower constraint, and reading them all would block the start of a large database.
ALTER TABLE messages
    DROP CONSTRAINT messages_role_check,
    ADD CONSTRAINT messages_role_check CHECK (role IN ('user', 'assistant', 'system', 'tool', 'developer')) NOT VALID;
