package operations

import (
	"context"
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
)

// errNone is the answer to `pulumi logs`: machines here have no logs in a cloud.
var errNone = errors.New("this build reads no logs of clouds")

func AWSOperationsProvider(context.Context, map[config.Key]string, *Resource) (Provider, error) {
	return nil, errNone
}
