/** Reads assets: lists them, presents each as one time line, and follows ongoing recordings. */
@org.jspecify.annotations.NullMarked
package io.lva.asset;
