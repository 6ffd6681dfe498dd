// Package gcsblob stands for the driver of buckets in Google's cloud: state is kept in a folder.
package gcsblob

const Scheme = "gs"
