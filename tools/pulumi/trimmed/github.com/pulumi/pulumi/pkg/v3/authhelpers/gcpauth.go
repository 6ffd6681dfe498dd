// Package authhelpers stands for the sign-in to Google's cloud.
package authhelpers

import (
	"context"
	"errors"

	"gocloud.dev/blob"
)

func GoogleCredentialsMux(context.Context) (*blob.URLMux, error) {
	return nil, errors.New("this build keeps no state in Google's cloud")
}
