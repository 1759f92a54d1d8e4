/** The check of an asset, and its report. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.verify;
