/// The engine behind its API, and the services of each user.
///
/// - [dev.memfuse.engine.service.DefaultMemoryEngine] implements the API. Bootstrap creates it from
///   [dev.memfuse.engine.service.EngineDependencies], which it uses and does not close.
/// - [dev.memfuse.engine.service.EngineRuntime] belongs to it: owns the user states and all background work.
/// - [dev.memfuse.engine.service.ServiceContext] belongs to the runtime: the collaborators that all
///   [dev.memfuse.engine.service.UserService]s share.
@NullMarked
package dev.memfuse.engine.service;

import org.jspecify.annotations.NullMarked;
