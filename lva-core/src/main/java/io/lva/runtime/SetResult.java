package io.lva.runtime;

/**
 * The answer to setting a topology or an instance.
 *
 * <p>Immutable.
 *
 * @param <R> type of what was set
 * @param resource as it is kept now
 * @param created true when nothing of that name existed before
 */
public record SetResult<R>(R resource, boolean created) {}
