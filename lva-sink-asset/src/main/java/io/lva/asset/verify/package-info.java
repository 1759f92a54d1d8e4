/** Checks assets and reports the result. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.verify;
