/** Reads assets: lists them, presents each as one time line, and follows what is being recorded. */
@org.jspecify.annotations.NullMarked
package io.lva.asset;
