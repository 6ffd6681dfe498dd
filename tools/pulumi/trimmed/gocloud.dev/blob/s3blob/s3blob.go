// Package s3blob stands for the driver of buckets in S3: state is kept in a folder.
package s3blob
