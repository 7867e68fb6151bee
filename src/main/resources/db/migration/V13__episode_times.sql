-- The first and the last message gave the times of an episode, also when the client set the later time first. An import
-- refuses an episode that ends before it starts.
UPDATE m1_episodes SET started_at = ended_at, ended_at = started_at WHERE ended_at < started_at;
